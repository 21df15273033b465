import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { Api } from './api';
import { CliError } from './cli-error';
import type { World } from './world';

/** Says when an API that runs in this state directory reads another folder than GAMEDAY_ENVIRONMENTS names here. */
export async function refuseOtherEnvironments(world: World, attempt: string): Promise<void> {
  const asked = world.settings.askedEnvironmentsDir;
  const access = asked === undefined ? undefined : await world.findApi();
  // An API elsewhere has folders of its own, and one that leaves is not used.
  if (asked === undefined || access?.pid === undefined || access.isLeaving) return;
  const { directory } = await new Api(access).environments();
  if (directory === undefined || realPath(directory) === realPath(asked)) return;
  const why = `the API that runs here (process ${access.pid}) reads ${directory}, and GAMEDAY_ENVIRONMENTS asks for ${resolve(asked)}`;
  const help = `Stop it first (Ctrl-C at its "gameday up", or: kill ${access.pid}), or unset GAMEDAY_ENVIRONMENTS.`;
  throw new CliError(attempt, why, help);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
