import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { askTemporal } from '../../../src/embedded/ask-temporal';
import { freePorts } from '../../../src/embedded/free-port';
import { temporalArguments } from '../../../src/embedded/temporal-arguments';
import { realTemporal } from '../../embedded/real-temporal';
import { Restartable } from '../../end-to-end/rig/restartable';

/** A Temporal that Gameday did not start: a namespace without our search attributes, and nothing noted anywhere. */
export interface ForeignTemporal {
  /** Without TLS. */
  address: string;
  namespace: string;
  /** Temporal's own command line, as the owner of the cluster runs it; the answer is JSON. */
  owner(...words: string[]): Promise<string>;
  close(): Promise<void>;
}

const namespace = 'chaos';

/** Starts one with a database in `home`. */
export async function startForeignTemporal(home: string): Promise<ForeignTemporal> {
  const binary = await realTemporal();
  const [port = 0, httpPort = 0, metricsPort = 0] = await freePorts(3);
  const args = temporalArguments({
    ...{ databasePath: join(home, 'foreign.db'), namespace, port, httpPort, metricsPort },
    ...{ searchAttributes: {}, dynamicConfig: {}, logLevel: 'error' as const },
  });
  const isReady = async () => (await askTemporal({ port, httpPort }, namespace)) !== undefined;
  const server = new Restartable({ name: 'Temporal', command: binary, args, isReady });
  await server.start();
  const address = `127.0.0.1:${port}`;
  const where = ['--address', address, '--namespace', namespace, '-o', 'json'];
  return {
    ...{ address, namespace },
    async owner(...words) {
      const options = { timeout: 30_000, maxBuffer: 50_000_000 };
      return (await promisify(execFile)(binary, [...words, ...where], options)).stdout;
    },
    close: () => server.kill(),
  };
}
