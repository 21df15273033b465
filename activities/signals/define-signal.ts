import type { z, ZodType } from 'zod';
import type { Measure, Probe, ProbeContext, SignalProvider } from '../../src/domain/signal-provider';
import { unknownReading } from './reading';

/** What a plug-in says of itself; its query reaches `open` parsed, with every default filled. */
interface SignalDefinition<Query> {
  kind: string;
  summary: string;
  query: ZodType<Query>;
  connection?: ZodType;
  lookBackMs?(query: Query): number;
  measures: Record<string, Measure>;
  open(query: Query, context: ProbeContext): Promise<Probe>;
}

/** Makes a provider that parses its query at the border, and whose probes never throw from `read`. */
export function defineSignal<Query>(definition: SignalDefinition<Query>): SignalProvider {
  const { kind, summary, query, measures, connection } = definition;
  return {
    ...{ kind, summary, query, measures },
    ...(connection && { connection }),
    ...(definition.lookBackMs && { lookBackMs: (written: unknown) => lookBackOf(definition, written) }),
    async open(written, context) {
      const parsed = query.safeParse(written);
      if (!parsed.success) throw new Error(`cannot open the ${kind} signal: ${describe(parsed.error)}`);
      return guarded(await definition.open(parsed.data, context), Object.keys(measures), kind);
    },
  };
}

/** 0 for a query that is not in shape: what is wrong with it is said elsewhere. */
function lookBackOf<Query>({ query, lookBackMs }: SignalDefinition<Query>, written: unknown): number {
  const parsed = query.safeParse(written);
  return (parsed.success && lookBackMs?.(parsed.data)) || 0;
}

function describe(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'query'}: ${issue.message}`).join('; ');
}

function guarded(probe: Probe, measures: string[], kind: string): Probe {
  return {
    ...probe,
    async read(query, at) {
      if (!measures.includes(query.measure)) {
        const reason = `${kind} has no measure ${query.measure}; it has ${measures.join(', ')}`;
        return unknownReading(query, at, 'error', reason);
      }
      if (Number.isNaN(at.getTime())) return unknownReading(query, at, 'error', 'the window has no end');
      try {
        return await probe.read(query, at);
      } catch {
        // What went wrong inside a provider is not repeated: an arbitrary message may carry a secret.
        return unknownReading(query, at, 'error', `the ${kind} probe failed while it read ${query.measure}`);
      }
    },
  };
}
