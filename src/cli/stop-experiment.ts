import type { EndedExperiment } from '../api/answers';
import { findSlip } from '../api/find-slip';
import { Api } from './api';
import { CliError, NotReachable } from './cli-error';
import { nothingRuns } from './find-api';
import { readEndedBefore } from './read-ended-before';
import type { ApiAccess, World } from './world';

/** Which way a stop went. */
export type StopWay = 'api' | 'temporal';

/** How an abort went; `ended` is there when the experiment had ended before. */
export interface StopOutcome {
  way: StopWay;
  ended?: EndedExperiment;
}

/** Aborts through the API, and through Temporal alone when the API does not answer. Errors: when neither does. */
export async function stopExperiment(
  world: World,
  id: string,
  reason: string,
  access?: ApiAccess,
): Promise<StopOutcome> {
  let ended: EndedExperiment | undefined;
  const way = await throughEither(world, `Could not abort ${id}`, access, {
    async api(api) {
      ended = (await api.abort(id, reason)).ended;
    },
    async temporal(gameday) {
      const at = new Date(world.now()).toISOString();
      const stop = { kind: 'abort', by: world.offline.person(), reason, at } as const;
      await gameday.abort(id, stop).catch(async (error: unknown) => {
        ended = await readEndedBefore(world, id, error);
      });
    },
  });
  return { way, ...(ended ? { ended } : {}) };
}

/** Halts through the API, and through Temporal alone when the API does not answer. Errors: the name is surely a slip. */
export async function haltEnvironment(world: World, name: string, reason: string): Promise<StopWay> {
  const attempt = `Could not halt ${name}`;
  return throughEither(world, attempt, undefined, {
    async api(api) {
      const { warning } = await api.halt(name, reason);
      if (warning !== undefined) world.output.note(`Note: ${warning}`);
    },
    async temporal(gameday) {
      const slip = await findSlip(name, world.offline.environments, (one) => gameday.environment(one));
      if (slip) throw new CliError(attempt, slip.why, slip.help);
      await gameday.halt(name, { by: world.offline.person(), reason, at: new Date(world.now()).toISOString() });
    },
  });
}

interface Ways {
  api(api: Api): Promise<unknown>;
  temporal(gameday: Awaited<ReturnType<World['offline']['gameday']>>): Promise<unknown>;
}

async function throughEither(
  world: World,
  attempt: string,
  access: ApiAccess | undefined,
  ways: Ways,
): Promise<StopWay> {
  const whyNotApi = await tryApi(world, access, ways);
  if (whyNotApi === undefined) return 'api';
  world.output.note(`The API cannot help (${whyNotApi}); going straight to Temporal.`);
  try {
    await throughTemporal(world, ways);
    return 'temporal';
  } catch (error) {
    if (error instanceof CliError && !(error instanceof NotReachable)) throw error;
    const why =
      error instanceof NotReachable
        ? `${error.message}: ${error.why}`
        : error instanceof Error
          ? error.message
          : String(error);
    const help =
      '"gameday halt ENVIRONMENT --direct" removes faults with the drivers alone; every fault expires by itself at its notAfter.';
    throw new NotReachable(attempt, `neither the API (${whyNotApi}) nor Temporal (${why}) took it`, help);
  }
}

async function tryApi(world: World, given: ApiAccess | undefined, { api }: Ways): Promise<string | undefined> {
  try {
    const access = given ?? (await world.findApi());
    if (!access) return nothingRuns(world);
    await api(new Api(access));
    return undefined;
  } catch (error) {
    if (error instanceof NotReachable) return error.why;
    throw error;
  }
}

async function throughTemporal(world: World, { temporal }: Ways): Promise<void> {
  const gameday = await world.offline.gameday();
  try {
    await temporal(gameday);
  } finally {
    await gameday.close();
  }
}
