import type { Config } from '../../config';
import { Api } from '../api';
import { NotReachable } from '../cli-error';
import { findApi } from '../find-api';
import { howToStop } from '../text/how-to-stop';
import type { Check } from './check';

/** Whether an API answers, and whether it knows the token. */
export function apiCheck(config: Pick<Config, 'url' | 'token' | 'stateDirectory'>): Check {
  return {
    name: 'api',
    async look() {
      const access = await findApi(config);
      if (!access)
        return {
          state: 'note',
          found: 'nothing runs here',
          help: '"gameday up" starts everything; "gameday run" does so by itself',
        };
      try {
        const { open } = await new Api(access).experiments(1);
        const whose = access.pid === undefined ? '' : ` as process ${access.pid}`;
        const found = `${access.url} answers${whose}; ${open.length} open experiments`;
        const help = access.pid === undefined ? {} : { help: howToStop(access.pid) };
        return { state: 'ok', found, ...help };
      } catch (error) {
        const why = error instanceof NotReachable ? error.why : error instanceof Error ? error.message : String(error);
        return { state: 'missing', found: `${access.url}: ${why}`, help: 'check GAMEDAY_URL and GAMEDAY_TOKEN' };
      }
    },
  };
}
