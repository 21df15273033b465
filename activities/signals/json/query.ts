import { compile } from 'json-p3';
import { z } from 'zod';
import { durationText } from '../duration';
import { headers } from '../headers';
import { httpUrl } from '../http-url';

/** Where a value is found, as an author writes it. */
export const jsonQuery = z.strictObject({
  url: httpUrl,
  /** A JSONPath (RFC 9535) that matches one value. */
  path: z.string().refine(isPath, { error: 'expected a JSONPath such as $.breakers.payment (RFC 9535)' }),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: headers.default({}),
  timeout: durationText('10s').default('2s'),
  /** The oldest answer that counts, by its `Age` and `Date` headers; an older one is `stale`. */
  maxAge: durationText('24h').optional(),
});

/** A parsed query; parsing it again changes nothing. */
export type JsonQuery = z.infer<typeof jsonQuery>;

function isPath(text: string): boolean {
  try {
    compile(text);
    return true;
  } catch {
    return false;
  }
}
