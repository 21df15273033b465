import { join } from 'node:path';
import type { Config } from '../config';
import { readLiveProcess } from '../embedded/process-note';
import { isLeaving } from '../embedded/up-note';
import { readLocalToken } from '../people/local-token';
import { CliError } from './cli-error';
import type { ApiAccess, World } from './world';
import { Api } from './api';

/** Finds the API: GAMEDAY_URL, else the one that runs in this folder; undefined when there is none. */
export async function findApi(
  config: Pick<Config, 'url' | 'token' | 'stateDirectory'>,
): Promise<ApiAccess | undefined> {
  const { url, stateDirectory } = config;
  if (url !== undefined) return { url, ...tokenFor(config, url) };
  const note = await readLiveProcess(join(stateDirectory, 'up.json'));
  if (note?.url === undefined) return undefined;
  const access = { url: note.url, ...tokenFor(config, note.url), pid: note.pid };
  return isLeaving(note) ? { ...access, isLeaving: true } : access;
}

/** The API, for a verb that cannot do without. Errors: says how to start or name one. */
export async function requireApi(world: World, attempt: string): Promise<Api> {
  const access = await world.findApi();
  if (access) return new Api(access);
  throw new CliError(attempt, nothingRuns(world), 'Start it with "gameday up", or set GAMEDAY_URL and GAMEDAY_TOKEN.');
}

/** Why there is no API, in one clause. */
export function nothingRuns({ settings }: World): string {
  return `GAMEDAY_URL is not set and nothing runs in ${settings.stateDir}`;
}

function tokenFor(
  { token, stateDirectory }: Pick<Config, 'token' | 'stateDirectory'>,
  url: string,
): Pick<ApiAccess, 'token' | 'tokenFrom'> {
  if (token !== undefined) return { token, tokenFrom: 'GAMEDAY_TOKEN' };
  const found = readLocalToken(stateDirectory);
  if (found !== undefined) return { token: found, tokenFrom: `the token of ${stateDirectory}` };
  const help = 'Set GAMEDAY_TOKEN to the token that "gameday token add NAME" printed where that API runs.';
  throw new CliError(`Could not use the API at ${url}`, 'there is no token for it', help);
}
