import { signalProviders } from '../../../activities/signals';
import type { Probe, ProbeContext } from '../../../src/domain/signal-provider';
import type { Reading } from '../../../src/domain/signal';

/** The context of an experiment that does nothing else. */
export function aContext(context: Partial<ProbeContext> = {}): ProbeContext {
  return { experimentId: 'experiment 1', signal: new AbortController().signal, connection: undefined, ...context };
}

/** Opens a probe of a provider from the list, as an observer would. */
export async function openProbe(kind: string, query: unknown, context: Partial<ProbeContext> = {}): Promise<Probe> {
  const provider = signalProviders.find((one) => one.kind === kind);
  if (!provider) throw new Error(`no provider ${kind}`);
  return provider.open(query, aContext(context));
}

/** Reads a measure over a minute that ends now. */
export function readNow(probe: Probe, measure: string, windowMs = 60_000): Promise<Reading> {
  return probe.read({ signal: 'checkout', measure, windowMs }, new Date());
}
