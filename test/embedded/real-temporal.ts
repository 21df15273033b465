import { homedir, tmpdir } from 'node:os';
import { cacheDirOf, findTemporal } from '../../src/embedded/find-temporal';

/** The path of a real Temporal binary, looked for (and fetched if need be) as the product does it. */
export async function realTemporal(): Promise<string> {
  const { PATH = '', XDG_CACHE_HOME, TEMPORAL_CLI_PATH } = process.env;
  const found = await findTemporal({
    ...(TEMPORAL_CLI_PATH === undefined ? {} : { cliPath: TEMPORAL_CLI_PATH }),
    searchPath: PATH,
    cacheDir: cacheDirOf(homedir(), XDG_CACHE_HOME),
    temporaryDir: tmpdir(),
    log: () => undefined,
  });
  return found.path;
}
