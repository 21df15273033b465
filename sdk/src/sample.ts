import type { FaultAttributes } from './fault-attributes';
import type { RuleContent } from './rule';

/** One part in ten thousand is the finest share that a percentage can ask for. */
const parts = 10_000;

/** Whether this call belongs to the rule's share: always the same answer for one request key, a draw without a key. */
export function isSampled(rule: Pick<RuleContent, 'id' | 'percent'>, attributes: FaultAttributes | undefined): boolean {
  const key: unknown = attributes?.key;
  const part = typeof key === 'string' ? hash(rule.id + key) % parts : Math.random() * parts;
  return part < rule.percent * 100;
}

/**
 * FNV-1a over the UTF-8 bytes (Fowler, Noll, Vo; RFC 9923), 32 bits, then the final mix of MurmurHash3 (Appleby), because
 * FNV-1a alone spreads keys that differ only in their last characters unevenly.
 */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
