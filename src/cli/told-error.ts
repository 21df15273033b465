import { z } from 'zod';

const told = z.object({ attempt: z.string(), why: z.string(), help: z.string() });

/** The three sentences of an error that already has them, such as the client's about a cluster; undefined for others. */
export function toldError(error: unknown): z.infer<typeof told> | undefined {
  return told.safeParse(error).data;
}
