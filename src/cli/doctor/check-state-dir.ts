import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config';
import type { Check } from './check';

/** Whether the state directory can be written, or made. */
export function stateDirCheck({ stateDirectory }: Pick<Config, 'stateDirectory'>): Check {
  const directory = resolve(stateDirectory);
  return {
    name: 'state',
    async look() {
      const nearest = await nearestExisting(directory);
      try {
        await access(nearest, constants.W_OK);
        const found = nearest === directory ? `${directory} can be written` : `${directory} will be made`;
        return { state: 'ok', found };
      } catch {
        return {
          state: 'missing',
          found: `${nearest} cannot be written`,
          help: 'set GAMEDAY_STATE_DIR to a folder of yours',
        };
      }
    },
  };
}

async function nearestExisting(directory: string): Promise<string> {
  const found = await stat(directory).catch(() => undefined);
  return found || dirname(directory) === directory ? directory : nearestExisting(dirname(directory));
}
