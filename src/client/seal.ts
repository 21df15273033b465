import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Decision } from '../domain/approval';
import { canonicalJson } from '../domain/json';

/** HMAC-SHA256 (RFC 2104) over an experiment's id and a decision, so that only the API can hand in consent. */
export function sealDecision(key: string, experimentId: string, decision: Decision): string {
  return createHmac('sha256', key).update(canonicalJson({ experimentId, decision })).digest('hex');
}

/** Whether the seal is over exactly this decision; takes as long for a wrong one as for a right one. */
export function isSealed(key: string, experimentId: string, decision: Decision, seal: string): boolean {
  const expected = Buffer.from(sealDecision(key, experimentId, decision));
  const given = Buffer.from(seal);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
