import { nothing } from '../../../activities/faults/noop/nothing';
import type { Injection } from '../../../src/domain/injection';
import type { BrokenDriver } from './broken-driver';

const yearMs = 365 * 86_400_000;

function shifted(injection: Injection, byMs: number): Injection {
  return { ...injection, notAfter: new Date(Date.parse(injection.notAfter) + byMs).toISOString() };
}

/** Lists faults with an end that never comes. */
export const broken: BrokenDriver = {
  line: 'expiry without us',
  system: 'noop',
  driver: {
    ...nothing,
    listFaults: async (tools) => (await nothing.listFaults(tools)).map((fault) => shifted(fault, yearMs)),
    rollback(injection, tools) {
      const isListed = Date.parse(injection.notAfter) > tools.now() + yearMs / 2;
      return nothing.rollback(isListed ? shifted(injection, -yearMs) : injection, tools);
    },
  },
};
