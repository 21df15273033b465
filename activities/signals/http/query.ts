import { z } from 'zod';
import { durationText } from '../duration';
import { headers } from '../headers';
import { httpUrl } from '../http-url';
import { requestId } from './request';

/** No scenario sends more than this, whatever it says. */
const ratePerSecondMax = 200;

const rate = z.string().refine((text) => ratePerSecond(text) > 0 && ratePerSecond(text) <= ratePerSecondMax, {
  error: `expected a rate such as 20/s, above zero and at most ${ratePerSecondMax}/s`,
});

const status = z.union([
  z.int().min(100).max(599),
  z.string().regex(/^[1-5]xx$/, 'expected a status such as 204 or 2xx'),
]);

/**
 * What the synthetic client sends, as an author writes it. The time-out is at most 10 s: an observer that learns
 * nothing for longer counts as blind, and a request is known only once it has ended.
 */
export const httpQuery = z
  .strictObject({
    url: httpUrl,
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
    rate,
    timeout: durationText('10s').default('2s'),
    headers: headers.default({}),
    /** Sent as JSON; any string in it may contain `${request.id}`, a fresh unique id per request. */
    body: z.json().optional(),
    /** Which answers are a success: a status, a class such as `2xx`, or a list of these. */
    expectStatus: z.union([status, z.array(status).min(1)]).default('2xx'),
    /** Where `{ids: […]}` of the requests answered 2xx is POSTed, about twice a second. */
    accepted: httpUrl.optional(),
  })
  .refine((query) => query.body === undefined || !['GET', 'HEAD'].includes(query.method), {
    path: ['body'],
    error: 'a GET or HEAD request carries no body; set method: POST, or leave the body out',
  })
  .refine((query) => query.accepted === undefined || carriesId(query), {
    path: ['accepted'],
    error: `nothing in url, headers or body contains ${requestId}, so the system would never learn the ids`,
  });

/** A parsed query; parsing it again changes nothing. */
export type HttpQuery = z.infer<typeof httpQuery>;

/** Requests per second; NaN when the text is no rate. */
export function ratePerSecond(text: string): number {
  return Number(/^(\d+(?:\.\d+)?)\/s$/.exec(text)?.[1]);
}

/** Whether an answer's status is what the query calls a success. */
export function isExpected(expected: HttpQuery['expectStatus'], status: number): boolean {
  const list = Array.isArray(expected) ? expected : [expected];
  return list.some((one) => (typeof one === 'number' ? one === status : one[0] === String(status)[0]));
}

function carriesId(query: { url: string; headers: unknown; body?: unknown }): boolean {
  return JSON.stringify([query.url, query.headers, query.body ?? null]).includes(requestId);
}
