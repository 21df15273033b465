import { join } from 'node:path';
import type { Config } from '../../config';
import { readLiveProcess } from '../../embedded/process-note';
import { howToDismiss } from '../text/how-to-stop';
import type { Check } from './check';

/** Whether a sentinel runs for this folder. */
export function sentinelCheck({ stateDirectory }: Pick<Config, 'stateDirectory'>): Check {
  return {
    name: 'sentinel',
    async look() {
      const note = await readLiveProcess(join(stateDirectory, 'sentinel.json'));
      if (note)
        return {
          state: 'ok',
          found: `runs as process ${note.pid} at ${note.url ?? 'an unknown address'}`,
          help: howToDismiss(note.pid),
        };
      return {
        state: 'note',
        found: 'none runs here',
        help: '"gameday up" and "gameday run" start one; "gameday sentinel" is one',
      };
    },
  };
}
