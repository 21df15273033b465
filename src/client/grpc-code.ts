import { z } from 'zod';

/** Those of gRPC's status codes that we tell apart (grpc/grpc, doc/statuscodes.md). */
const codes = {
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  6: 'ALREADY_EXISTS',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  12: 'UNIMPLEMENTED',
  14: 'UNAVAILABLE',
  16: 'UNAUTHENTICATED',
} as const satisfies Record<number, string>;

/** A gRPC status that we tell apart. */
export type GrpcCode = (typeof codes)[keyof typeof codes];

const known = new Map<number, GrpcCode>(Object.entries(codes).map(([code, name]) => [Number(code), name]));
const coded = z.object({ code: z.number() });
const caused = z.object({ cause: z.object({}) });

/** The gRPC status that an error, or the error behind it, carries; undefined when it carries none that we tell apart. */
export function grpcCode(error: unknown): GrpcCode | undefined {
  const found = coded.safeParse(error);
  if (found.success) return known.get(found.data.code);
  return caused.safeParse(error).success && error instanceof Error ? grpcCode(error.cause) : undefined;
}
