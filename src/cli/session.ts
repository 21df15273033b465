import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api';
import type { RunningUp, World } from './world';

/** An API for the length of one command: one that runs already, or everything brought up for it. */
export interface Session {
  api: Api;
  /** Present when everything was brought up for this command. */
  own?: RunningUp;
  /** Stops what was brought up, after other people's experiments have ended. */
  close(): Promise<void>;
}

const lookMs = 500;

/** Uses a running API, else brings everything up. */
export async function openSession(world: World): Promise<Session> {
  const access = await world.findApi();
  if (access) return { api: new Api(access), close: async () => undefined };
  world.output.note('Nothing runs here: starting Temporal, worker, sentinel, API and store for this command.');
  const own = await world.bringUp({ log: (line) => world.output.note(line) });
  const api = new Api({ url: own.url, token: own.token });
  return { api, own, close: () => closeOwn(world, api, own) };
}

// Another command in this folder may have found ours: ending it now would abort its experiment.
async function closeOwn(world: World, api: Api, own: RunningUp): Promise<void> {
  const hurried = new AbortController();
  const forget = world.onInterrupt(() => hurried.abort());
  try {
    let told = '';
    for (let open = await openIds(api); open.length > 0 && !hurried.signal.aborted; open = await openIds(api)) {
      const names = open.join(', ');
      if (names !== told) world.output.note(`Staying up until ${names} has ended (Ctrl-C aborts it).`);
      told = names;
      await sleep(lookMs, undefined, { signal: hurried.signal }).catch(() => undefined);
    }
  } finally {
    forget();
  }
  await own.stop({ log: (line) => world.output.note(line) });
}

async function openIds(api: Api): Promise<string[]> {
  return api.experiments(1).then(
    ({ open }) => open,
    () => [],
  );
}
