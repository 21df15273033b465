import type { Probe } from '../../src/domain/signal-provider';
import { unknownReading } from './reading';

/** A probe that sends nothing and sees nothing, because what it needs is missing; every reading says what. */
export function blindProbe(reason: string): Probe {
  return {
    read: (query, at) => Promise.resolve(unknownReading(query, at, 'error', reason)),
    close: () => Promise.resolve(),
  };
}
