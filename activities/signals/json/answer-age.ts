import type { IncomingHttpHeaders } from 'node:http';

/** The age of an answer in ms when it arrived (RFC 9111, 4.2.3, without the delay); undefined when it says nothing of it. */
export function answerAgeMs(headers: IncomingHttpHeaders, arrivedAtMs: number): number | undefined {
  const sentAtMs = Date.parse(headers.date ?? '');
  const apparentMs = Number.isNaN(sentAtMs) ? undefined : Math.max(0, arrivedAtMs - sentAtMs);
  const statedMs = /^\d+$/.test(headers.age ?? '') ? Number(headers.age) * 1000 : undefined;
  if (apparentMs === undefined && statedMs === undefined) return undefined;
  return Math.max(apparentMs ?? 0, statedMs ?? 0);
}
