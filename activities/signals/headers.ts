import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import type { TextOrReference } from '../../src/domain/environment';

/** Written by the client itself; a wrong one would break the framing of requests. */
const framing = ['connection', 'content-length', 'expect', 'host', 'transfer-encoding', 'upgrade'];

const name = z
  .string()
  .refine((text) => succeeds(() => validateHeaderName(text)) && !framing.includes(text.toLowerCase()), {
    error: `expected the name of an HTTP header that authors may set (not ${framing.join(', ')})`,
  });

const value = z.union([
  z.string(),
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
]);

const secretive = /^(authorization|proxy-authorization|cookie)$|token|secret|password|api-?key/i;

/** Headers by name; a value is text, or a reference to a secret (`{env: NAME}`, `{file: path}`). */
export const headers = z.record(name, value).superRefine((written, context) => {
  for (const [key, from] of Object.entries(written)) {
    if (typeof from !== 'string' || !secretive.test(key)) continue;
    // A plan is kept in a workflow history, where no secret may ever stand.
    const message = 'expected a reference, {env: NAME} or {file: path}: this header carries a secret';
    context.addIssue({ code: 'custom', path: [key], message });
  }
});

/** Where references are resolved: what `ProbeContext.connection` must offer when a header is given by reference. */
interface ReferenceResolver {
  /** The text behind a reference. Errors: there is none. */
  resolve(reference: Exclude<TextOrReference, string>): string | Promise<string>;
}

/** The headers with every reference resolved, or a problem in words that names the header and never its value. */
export async function resolveHeaders(
  written: Record<string, TextOrReference>,
  connection: unknown,
): Promise<{ headers: Record<string, string> } | { problem: string }> {
  const resolved: Record<string, string> = {};
  for (const [key, from] of Object.entries(written)) {
    const text = await textOf(from, connection);
    if (text === undefined) return { problem: `the header ${key} refers to a secret that could not be found` };
    if (!succeeds(() => validateHeaderValue(key, text)))
      return { problem: `the header ${key} has a value that cannot be sent` };
    resolved[key.toLowerCase()] = text;
  }
  return { headers: resolved };
}

async function textOf(from: TextOrReference, connection: unknown): Promise<string | undefined> {
  if (typeof from === 'string') return from;
  if (!isResolver(connection)) return undefined;
  try {
    return (await connection.resolve(from)).trim();
  } catch {
    return undefined;
  }
}

function isResolver(connection: unknown): connection is ReferenceResolver {
  return (
    typeof connection === 'object' &&
    connection !== null &&
    'resolve' in connection &&
    typeof connection.resolve === 'function'
  );
}

function succeeds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
