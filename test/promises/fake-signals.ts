import { z } from 'zod';
import type { Catalogue } from '../../src/domain/catalogue';
import type { Probe, SignalProvider } from '../../src/domain/signal-provider';

/** What a signal is worth at an instant, in seconds since the watching began; undefined: nobody knows. */
export type Course = (signal: string, seconds: number) => number | string | undefined;

/** A system that is well. */
export const well: Course = (signal) => ({ 'success-rate': 0.999, p95: 180, breaker: 'closed' })[signal];

/** The providers of `aPlan` with readings that follow a course from `startMs` on. */
export function fakeSignals(course: Course, startMs: number): Catalogue['signals'] {
  const probe: Probe = {
    async read({ signal, windowMs }, at) {
      const value = course(signal, (at.getTime() - startMs) / 1000);
      const seen = { signal, at: at.toISOString(), windowMs };
      if (value === undefined) return { ...seen, state: 'no-data', reason: 'no request ended in this window' };
      return { ...seen, state: 'ok', value, n: 20 };
    },
    close: async () => undefined,
  };
  const provider = (kind: string, isWindowed: boolean, names: string[]): SignalProvider => {
    const measures = Object.fromEntries(names.map((name) => [name, { summary: name, unit: 'value', isWindowed }]));
    return { kind, summary: kind, query: z.unknown(), measures, open: async () => probe };
  };
  return [provider('http', true, ['success-ratio', 'p95']), provider('json', false, ['value'])];
}
