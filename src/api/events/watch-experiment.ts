import { setTimeout as sleep } from 'node:timers/promises';
import { GamedayError } from '../../client/gameday';
import type { Verdict } from '../../domain/verdict';
import { answeredInTime, messageOf, NoAnswer, storeOf } from '../ask';
import type { ApiParts } from '../parts';
import type { ExperimentFeed } from './experiment-feed';

/** One experiment that is being watched for a feed. */
export interface Watch {
  parts: Pick<ApiParts, 'gameday' | 'store' | 'log'>;
  experimentId: string;
  feed: ExperimentFeed;
  /** Aborted when nobody listens any more. */
  signal: AbortSignal;
}

const pollMs = 200;
const pollSeriesMs = 1_000;
const retryMs = 500;
// Reading a long series costs; never spend more than a twentieth of the time on it.
const seriesRestFactor = 20;

/** Tells a feed all that happens until the experiment has ended or nobody listens; never throws. */
export async function watchExperiment(watch: Watch): Promise<void> {
  const polling = new AbortController();
  const signal = AbortSignal.any([watch.signal, polling.signal]);
  const polls = [pollProgress({ ...watch, signal }), pollSeries({ ...watch, signal })];
  const outcome = await awaitOutcome(watch);
  polling.abort();
  if (outcome && !watch.signal.aborted) await tellOutcome(watch, outcome);
  await Promise.all(polls);
}

type Outcome = { verdict: Verdict } | { why: string };

async function tellOutcome(watch: Watch, outcome: Outcome): Promise<void> {
  const { feed, experimentId } = watch;
  if ('verdict' in outcome) feed.tell({ name: 'verdict', data: outcome.verdict });
  await lookAtSeries(watch);
  feed.tell({ name: 'end', data: { experimentId, ...('why' in outcome ? { why: outcome.why } : {}) } });
  feed.end();
}

async function awaitOutcome(watch: Watch): Promise<Outcome | undefined> {
  while (!watch.signal.aborted) {
    const outcome = await lookForOutcome(watch);
    if (outcome) return outcome;
    await pause(retryMs, watch.signal);
  }
  return undefined;
}

async function lookForOutcome({ parts, experimentId, signal }: Watch): Promise<Outcome | undefined> {
  try {
    const result = await untilAborted(parts.gameday.result(experimentId), signal);
    return result && { verdict: result.verdict };
  } catch (error) {
    if (!(error instanceof GamedayError)) return undefined;
    const kept = await readVerdict(parts, experimentId);
    return kept ? { verdict: kept } : { why: error.message };
  }
}

async function readVerdict(parts: Watch['parts'], experimentId: string): Promise<Verdict | undefined> {
  const kept = await answeredInTime(storeOf(parts).readEvidence(experimentId)).catch(() => undefined);
  return kept?.verdict;
}

async function pollProgress(watch: Watch): Promise<void> {
  while (!watch.signal.aborted) {
    const isAnswered = await lookAtProgress(watch);
    await pause(isAnswered ? pollMs : retryMs, watch.signal);
  }
}

async function lookAtProgress({ parts, experimentId, feed, signal }: Watch): Promise<boolean> {
  try {
    const progress = await answeredInTime(parts.gameday.progress(experimentId));
    if (!signal.aborted) feed.tellProgress(progress);
    return true;
  } catch (error) {
    if (!signal.aborted) feed.tellUnavailable('experiment', explain(error));
    return false;
  }
}

function explain(error: unknown): string {
  if (error instanceof NoAnswer) return 'the experiment does not answer; no worker may be running';
  if (error instanceof GamedayError) return error.message;
  return `Temporal cannot be reached (${messageOf(error)})`;
}

async function pollSeries(watch: Watch): Promise<void> {
  while (!watch.signal.aborted) {
    const startedMs = performance.now();
    await lookAtSeries(watch);
    const tookMs = performance.now() - startedMs;
    await pause(Math.max(pollSeriesMs, tookMs * seriesRestFactor), watch.signal);
  }
}

async function lookAtSeries({ parts, experimentId, feed, signal }: Watch): Promise<void> {
  try {
    const chunks = await answeredInTime(storeOf(parts).readChunks(experimentId));
    if (!signal.aborted) feed.tellSeries(chunks);
  } catch (error) {
    if (!signal.aborted) feed.tellUnavailable('store', `the evidence store cannot be reached (${messageOf(error)})`);
  }
}

async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([promise, aborted]);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
