import { join } from 'node:path';
import { searchAttributeNames } from '../../../src/client/search-attribute-names';
import { askTemporal } from '../../../src/embedded/ask-temporal';
import { freePorts } from '../../../src/embedded/free-port';
import { temporalArguments } from '../../../src/embedded/temporal-arguments';
import { realTemporal } from '../../embedded/real-temporal';
import { Restartable } from './restartable';

/** A real Temporal that comes back on the same ports with the same database. */
export interface TemporalProcess {
  address: string;
  binary: string;
  process: Restartable;
}

const namespace = 'default';

/** Starts a local server on a database of its own; a port that somebody else took meanwhile is no reason to give up. */
export async function openTemporal(home: string): Promise<TemporalProcess> {
  const binary = await realTemporal();
  for (let left = 3; ; left -= 1) {
    const temporal = await prepareTemporal(home, binary);
    try {
      await temporal.process.start();
      return temporal;
    } catch (error) {
      await temporal.process.kill();
      if (left === 0) throw error;
    }
  }
}

async function prepareTemporal(home: string, binary: string): Promise<TemporalProcess> {
  const [port = 0, httpPort = 0, metricsPort = 0] = await freePorts(3);
  const args = temporalArguments({
    ...{ databasePath: join(home, 'temporal.db'), namespace, port, httpPort, metricsPort },
    searchAttributes: Object.fromEntries(searchAttributeNames.map((name) => [name, 'Keyword' as const])),
    dynamicConfig: {},
    logLevel: 'warn',
  });
  const isReady = async () => (await askTemporal({ port, httpPort }, namespace)) !== undefined;
  const process = new Restartable({ name: 'Temporal', command: binary, args, isReady });
  return { address: `127.0.0.1:${port}`, binary, process };
}
