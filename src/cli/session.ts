import { setTimeout as sleep } from 'node:timers/promises';
import { AlreadyUp } from '../embedded/already-up';
import { errorMessage } from '../embedded/error-code';
import { Api } from './api';
import { requireApi } from './find-api';
import type { ApiAccess, RunningUp, World } from './world';

/** An API for the length of one command: one that runs already, or everything brought up for it. */
export interface Session {
  api: Api;
  /** Present when everything was brought up for this command. */
  own?: RunningUp;
  /** Aborted, with the reason, when what was brought up cannot go on. */
  failed?: AbortSignal;
  /**
   * Stops what was brought up, after other people's experiments have ended; `ended` is this command's own. Resolves to
   * what may be left, in sentences.
   */
  close(ended?: string): Promise<string[]>;
}

const lookMs = 500;
/** Whoever watched an experiment to its end still reads its evidence and its report. */
const readingMs = 1_000;

/** Uses a running API, else brings everything up. */
export async function openSession(world: World): Promise<Session> {
  const access = await world.findApi();
  if (access && !access.isLeaving) return sessionWith(access);
  const temporal = world.settings.hasCluster ? '' : 'Temporal, ';
  const where = world.settings.hasCluster ? ', on the Temporal that the environment names' : '';
  world.output.note(`Nothing runs here: starting ${temporal}worker, sentinel, API and store for this command${where}.`);
  const own = await world.bringUp({ log: (line) => world.output.note(line) }).catch((error: unknown) => {
    if (error instanceof AlreadyUp) return undefined;
    throw error;
  });
  return own ? ownSession(world, own) : sessionOfOther(world);
}

function sessionWith(access: ApiAccess): Session {
  return { api: new Api(access), close: async () => [] };
}

/** Somebody else in this folder was quicker by a moment, and answers by now. */
async function sessionOfOther(world: World): Promise<Session> {
  world.output.note('Another command was quicker: using what it started.');
  return sessionWith((await requireApi(world, 'Could not use what another command started')).access);
}

function ownSession(world: World, own: RunningUp): Session {
  const api = new Api({ url: own.url, token: own.token });
  const failing = new AbortController();
  own.ended.catch((error: unknown) => {
    // At once, whatever this command is waiting for at this moment.
    world.output.note(`${world.output.notePaint.red('error:')} Gameday cannot go on: ${errorMessage(error)}`);
    failing.abort(error);
  });
  const { signal: failed } = failing;
  return { api, own, failed, close: (ended) => closeOwn(world, { api, own, ended, failed }) };
}

interface Closing {
  api: Api;
  own: RunningUp;
  ended: string | undefined;
  failed: AbortSignal;
}

// Another command in this folder may have found ours: ending it now would abort its experiment.
async function closeOwn(world: World, { api, own, ended, failed }: Closing): Promise<string[]> {
  const hurried = new AbortController();
  const forget = world.onInterrupt(() => hurried.abort());
  try {
    await untilOthersEnded(world, api, ended, AbortSignal.any([hurried.signal, failed]));
  } finally {
    forget();
  }
  return own.stop({ log: (line) => world.output.note(line) });
}

async function untilOthersEnded(
  world: World,
  api: Api,
  ended: string | undefined,
  hurried: AbortSignal,
): Promise<void> {
  const pause = (ms: number) => sleep(ms, undefined, { signal: hurried }).catch(() => undefined);
  let told = '';
  while (!hurried.aborted) {
    const others = (await openIds(api))?.filter((id) => id !== ended);
    if (others?.length === 0) return told === '' ? undefined : pause(readingMs);
    const waiting = describeWait(others);
    if (waiting !== told) world.output.note(waiting);
    told = waiting;
    await pause(lookMs);
  }
}

function describeWait(others: string[] | undefined): string {
  if (others) return `Staying up until ${others.join(', ')} has ended (Ctrl-C aborts it).`;
  return 'Staying up until it can be asked whether somebody else has an experiment open here (Ctrl-C aborts them).';
}

/** Undefined when that could not be asked, which is not the same as nobody's. */
async function openIds(api: Api): Promise<string[] | undefined> {
  const answer = await api.experiments(1).catch(() => undefined);
  return answer?.isOpenUnknown ? undefined : answer?.open;
}
