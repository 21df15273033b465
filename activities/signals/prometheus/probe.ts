import type { Json } from '../../../src/domain/json';
import type { UnknownReading } from '../../../src/domain/signal';
import type { Probe, ProbeContext } from '../../../src/domain/signal-provider';
import { withBaggage } from '../baggage';
import { durationMs } from '../duration';
import { knownReading, unknownReading } from '../reading';
import { openPrometheusClient, type PrometheusClient } from './client';
import { prometheusConnection } from './connection';
import { lookInto, type Selected } from './look-into';
import { lookBackMs, type PrometheusQuery } from './query';
import { freshnessQuestion, valueQuestion } from './questions';
import { readAnswer, type Answer } from './read-answer';

/** Opens a probe that asks on every read. Errors: the environment's connection is none. */
export async function openPrometheusProbe(query: PrometheusQuery, context: ProbeContext): Promise<Probe> {
  const connection = prometheusConnection.safeParse(context.connection);
  if (!connection.success) throw new Error('cannot open the prometheus signal: connections.prometheus is not in shape');
  const client = openPrometheusClient(connection.data, withBaggage({}, context.experimentId));
  const answers = new Answers(query, client, context.signal);
  let isClosed = false;
  return {
    async read(asked, at) {
      const answer = await answers.over(asked.windowMs, at);
      if ('value' in answer) return knownReading(asked, at, answer.value, 1);
      // Nothing of ours is under way here: what Prometheus does not say after the end is no loss of evidence.
      const state = isClosed && answer.state === 'error' ? 'no-data' : answer.state;
      return unknownReading(asked, at, state, `prometheus: ${answer.reason}`);
    },
    drain: () => answers.drain(),
    close() {
      isClosed = true;
      client.close();
      return Promise.resolve();
    },
  };
}

type Found = { value: number } | { state: UnknownReading['state']; reason: string };

/** What Prometheus answers to one query over windows, and what it warned of. */
class Answers {
  private readonly selectors: Selected[];
  private readonly lookBackMs: number;
  private warnings: Json[] = [];

  constructor(
    private readonly query: PrometheusQuery,
    private readonly client: PrometheusClient,
    private readonly ended: AbortSignal,
  ) {
    this.selectors = lookInto(query.query).selectors;
    this.lookBackMs = lookBackMs(query);
  }

  /** The number over a window, unless it is not known or its samples are too old. */
  async over(windowMs: number, at: Date): Promise<Found> {
    const atMs = at.getTime() - durationMs(this.query.delay);
    const [value, newest] = await Promise.all([
      this.ask(valueQuestion(this.query.query, this.lookBackMs, windowMs), atMs),
      this.ask(freshnessQuestion(this.selectors), atMs),
    ]);
    const warnings = [...new Set([...value.warnings, ...newest.warnings])];
    if (warnings.length > 0) this.warnings.push({ at: at.toISOString(), warnings });
    if (!('value' in value)) return value;
    return this.doubt(newest, atMs) ?? value;
  }

  /** Warnings since the last call, those of one reading together. */
  drain(): Json[] {
    return this.warnings.splice(0);
  }

  private async ask(query: string, atMs: number): Promise<Answer> {
    return readAnswer(await this.client.ask(query, atMs, this.ended));
  }

  private doubt(newest: Answer, atMs: number): Found | undefined {
    if ('state' in newest && newest.state === 'error')
      return { state: 'error', reason: `the age of its samples is not known: ${newest.reason}` };
    const maxAge = `at most ${this.query.maxAge} are allowed (maxAge)`;
    const gone = this.selectors.length > 1 ? 'one of its metrics' : 'its metric';
    if (!('value' in newest)) return { state: 'stale', reason: `${gone} has no sample any more; ${maxAge}` };
    const ageMs = atMs - newest.value * 1000;
    if (ageMs <= durationMs(this.query.maxAge)) return undefined;
    return { state: 'stale', reason: `its newest sample is ${(ageMs / 1000).toFixed(1)} s old; ${maxAge}` };
  }
}
