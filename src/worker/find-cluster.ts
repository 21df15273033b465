import { join } from 'node:path';
import type { Config } from '../config';
import { readLiveProcess } from '../embedded/process-note';

/** Where this process finds Temporal: the cluster it was told of, or the local server that runs in its state directory. */
export async function findCluster({ temporalAddress, stateDirectory }: Config): Promise<string> {
  if (temporalAddress !== undefined) return temporalAddress;
  const note = await readLiveProcess(join(stateDirectory, 'temporal.json'));
  if (note?.port !== undefined) return `127.0.0.1:${note.port}`;
  throw new Error(
    `cannot reach Temporal: TEMPORAL_ADDRESS is not set and no local server runs in ${stateDirectory}; set it, or start one with: gameday up`,
  );
}
