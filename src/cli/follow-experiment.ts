import { setTimeout as sleep } from 'node:timers/promises';
import type { ExperimentEvents } from '../api/answers';
import { openApi } from './ask-api';
import { ApiRefusal, CliError } from './cli-error';
import { EventsReader, type ServerEvent } from './events-reader';
import type { ApiAccess } from './world';

/** What somebody who follows is told; `api` as a part is the API itself. */
export interface Follower {
  progress(progress: ExperimentEvents['progress']): void;
  reading(reading: ExperimentEvents['reading']): void;
  unavailable(part: string, why: string): void;
  available(part: string): void;
}

/** How an experiment ended for one who followed it; neither when the following was stopped. */
export interface FollowedEnd {
  verdict?: ExperimentEvents['verdict'];
  /** Why there is no verdict. */
  why?: string;
}

const retryMs = 500;

/** Follows an experiment to its end, through every loss of the API; it is looked for again at each attempt. Errors: what the API refuses (unknown id, no token). */
export async function followExperiment(
  findAccess: () => Promise<ApiAccess>,
  experimentId: string,
  follower: Follower,
  signal: AbortSignal,
): Promise<FollowedEnd> {
  const state: FollowState = { lastEventId: '', isAway: false };
  while (!signal.aborted) {
    const end = await followOnce(findAccess, experimentId, { follower, signal, state });
    if (end) return end;
    await sleep(retryMs, undefined, { signal }).catch(() => undefined);
  }
  return {};
}

interface FollowState {
  lastEventId: string;
  isAway: boolean;
}

interface Following {
  follower: Follower;
  signal: AbortSignal;
  state: FollowState;
}

async function followOnce(
  findAccess: () => Promise<ApiAccess>,
  experimentId: string,
  following: Following,
): Promise<FollowedEnd | undefined> {
  const { state, follower, signal } = following;
  try {
    const headers: Record<string, string> = state.lastEventId === '' ? {} : { 'last-event-id': state.lastEventId };
    const path = `/experiments/${encodeURIComponent(experimentId)}/events`;
    const stream = await openApi(await findAccess(), { path, headers, signal, isStream: true });
    if (state.isAway) follower.available('api');
    state.isAway = false;
    return await readStream(stream, following);
  } catch (error) {
    if (signal.aborted) return {};
    if (error instanceof ApiRefusal && error.status < 500) throw error;
    if (!state.isAway) follower.unavailable('api', error instanceof CliError ? error.why : 'the stream broke off');
    state.isAway = true;
    return undefined;
  }
}

async function readStream(
  stream: AsyncIterable<unknown>,
  { follower, state }: Following,
): Promise<FollowedEnd | undefined> {
  const [reader, decoder] = [new EventsReader(), new TextDecoder()];
  for await (const part of stream) {
    for (const event of reader.take(decoder.decode(part as Uint8Array, { stream: true }))) {
      state.lastEventId = event.id;
      const end = tell(event, follower);
      if (end) return end;
    }
  }
  return undefined;
}

function tell({ name, data }: ServerEvent, follower: Follower): FollowedEnd | undefined {
  switch (name) {
    case 'progress':
      return void follower.progress(JSON.parse(data) as ExperimentEvents['progress']);
    case 'reading':
      return void follower.reading(JSON.parse(data) as ExperimentEvents['reading']);
    case 'unavailable': {
      const { part, why } = JSON.parse(data) as ExperimentEvents['unavailable'];
      return void follower.unavailable(part, why);
    }
    case 'available':
      return void follower.available((JSON.parse(data) as ExperimentEvents['available']).part);
    case 'verdict':
      return { verdict: JSON.parse(data) as ExperimentEvents['verdict'] };
    case 'end':
      return endOf(JSON.parse(data) as ExperimentEvents['end']);
    default:
      return undefined;
  }
}

function endOf({ why }: ExperimentEvents['end']): FollowedEnd {
  return { why: why ?? 'it ended without a verdict' };
}
