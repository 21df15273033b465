import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api';
import type { RunningUp, World } from './world';

/** An API for the length of one command: one that runs already, or everything brought up for it. */
export interface Session {
  api: Api;
  /** Present when everything was brought up for this command. */
  own?: RunningUp;
  /** Stops what was brought up, after other people's experiments have ended; `ended` is this command's own. */
  close(ended?: string): Promise<void>;
}

const lookMs = 500;

/** Uses a running API, else brings everything up. */
export async function openSession(world: World): Promise<Session> {
  const access = await world.findApi();
  if (access) return { api: new Api(access), close: async () => undefined };
  world.output.note('Nothing runs here: starting Temporal, worker, sentinel, API and store for this command.');
  const own = await world.bringUp({ log: (line) => world.output.note(line) });
  const api = new Api({ url: own.url, token: own.token });
  return { api, own, close: (ended) => closeOwn(world, api, own, ended) };
}

// Another command in this folder may have found ours: ending it now would abort its experiment.
async function closeOwn(world: World, api: Api, own: RunningUp, ended: string | undefined): Promise<void> {
  const hurried = new AbortController();
  const forget = world.onInterrupt(() => hurried.abort());
  try {
    await untilOthersEnded(world, api, ended, hurried.signal);
  } finally {
    forget();
  }
  await own.stop({ log: (line) => world.output.note(line) });
}

async function untilOthersEnded(
  world: World,
  api: Api,
  ended: string | undefined,
  hurried: AbortSignal,
): Promise<void> {
  let told = '';
  while (!hurried.aborted) {
    const open = (await openIds(api)).filter((id) => id !== ended);
    if (open.length === 0) return;
    const names = open.join(', ');
    if (names !== told) world.output.note(`Staying up until ${names} has ended (Ctrl-C aborts it).`);
    told = names;
    await sleep(lookMs, undefined, { signal: hurried }).catch(() => undefined);
  }
}

async function openIds(api: Api): Promise<string[]> {
  return api.experiments(1).then(
    ({ open }) => open,
    () => [],
  );
}
