import type { Json } from '../../../src/domain/json';
import type { Reading } from '../../../src/domain/signal';
import type { Probe, ProbeContext } from '../../../src/domain/signal-provider';
import { withBaggage } from '../baggage';
import { durationMs } from '../duration';
import { knownReading, unknownReading, type Asked } from '../reading';
import { openPrometheusClient, type PrometheusClient } from './client';
import { prometheusConnection } from './connection';
import { lookInto } from './look-into';
import { lookBackMs, type PrometheusQuery } from './query';
import { freshnessQuestion, valueQuestion } from './questions';
import { readAnswer, type Answer } from './read-answer';

/** Opens a probe that asks on every read. Errors: the environment's connection is none. */
export async function openPrometheusProbe(query: PrometheusQuery, context: ProbeContext): Promise<Probe> {
  const connection = prometheusConnection.safeParse(context.connection);
  if (!connection.success) throw new Error('cannot open the prometheus signal: connections.prometheus is not in shape');
  const client = openPrometheusClient(connection.data, withBaggage({}, context.experimentId));
  return new PrometheusProbe(query, client, context.signal);
}

class PrometheusProbe implements Probe {
  private readonly selectors: string[];
  private readonly lookBackMs: number;
  private notes: Json[] = [];
  private isClosed = false;

  constructor(
    private readonly query: PrometheusQuery,
    private readonly client: PrometheusClient,
    private readonly ended: AbortSignal,
  ) {
    this.selectors = lookInto(query.query).selectors;
    this.lookBackMs = lookBackMs(query);
  }

  async read(asked: Asked, at: Date): Promise<Reading> {
    const atMs = at.getTime() - durationMs(this.query.delay);
    const [value, newest] = await Promise.all([
      this.ask(valueQuestion(this.query.query, this.lookBackMs, asked.windowMs), atMs),
      this.ask(freshnessQuestion(this.selectors), atMs),
    ]);
    this.note(at, value.warnings);
    const unknown = unknownOf(value, newest) ?? this.staleness(newest, atMs);
    if ('value' in value && !unknown) return knownReading(asked, at, value.value, 1);
    const { state, reason } = unknown ?? { state: 'error' as const, reason: 'no answer' };
    // Nothing of ours is under way here: what Prometheus does not say after the end is no loss of evidence.
    return unknownReading(asked, at, this.isClosed && state === 'error' ? 'no-data' : state, `prometheus: ${reason}`);
  }

  /** Warnings of Prometheus since the last call, each once per reading. */
  drain(): Json[] {
    return this.notes.splice(0);
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.client.close();
    return Promise.resolve();
  }

  private async ask(query: string, atMs: number): Promise<Answer> {
    return readAnswer(await this.client.ask(query, atMs, this.ended));
  }

  private staleness(newest: Answer, atMs: number): { state: 'stale'; reason: string } | undefined {
    const maxAge = `at most ${this.query.maxAge} are allowed (maxAge)`;
    if (!('value' in newest)) return { state: 'stale', reason: `none of its metrics has a sample any more; ${maxAge}` };
    const ageMs = atMs - newest.value * 1000;
    if (ageMs <= durationMs(this.query.maxAge)) return undefined;
    return { state: 'stale', reason: `its newest sample is ${(ageMs / 1000).toFixed(1)} s old; ${maxAge}` };
  }

  private note(at: Date, warnings: string[]): void {
    if (warnings.length > 0) this.notes.push({ at: at.toISOString(), warnings });
  }
}

/** What the value itself lacks, or that nothing is known of its age. */
function unknownOf(value: Answer, newest: Answer): { state: 'no-data' | 'error'; reason: string } | undefined {
  if (!('value' in value)) return value;
  if ('value' in newest || newest.state === 'no-data') return undefined;
  return { state: 'error', reason: `the age of its samples is not known: ${newest.reason}` };
}
