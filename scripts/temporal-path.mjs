import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';

/**
 * Returns the environment that names the Temporal binary, found or fetched as the product does it, so that the tests need
 * not look for it again. Nothing is named where there is none: each test that needs it then says why.
 */
export async function temporalEnvironment() {
  const { PATH = '', TEMPORAL_CLI_PATH: cliPath, XDG_CACHE_HOME } = process.env;
  if (cliPath !== undefined) return {};
  const { findTemporal, cacheDirOf } = createRequire(import.meta.url)('../dist/src/embedded/find-temporal.js');
  const places = { searchPath: PATH, cacheDir: cacheDirOf(homedir(), XDG_CACHE_HOME), temporaryDir: tmpdir() };
  try {
    const { path } = await findTemporal({ ...places, log: (sentence) => console.error(sentence) });
    return { TEMPORAL_CLI_PATH: path };
  } catch (error) {
    console.error(error.message);
    return {};
  }
}
