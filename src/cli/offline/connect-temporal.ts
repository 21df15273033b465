import type { Gameday } from '../../client/gameday';
import type { Config } from '../../config';
import { describeStateDir } from '../../embedded/state-dir';
import { readLiveTemporal } from '../../embedded/temporal-note';
import { NotReachable } from '../cli-error';

// A stop does not wait for somebody who is not there.
const connectWithinMs = 3_000;
const namespace = 'default';

/** Connects a stop verb straight to Temporal. Errors: `NotReachable`, with where it was looked for. */
export async function connectTemporal(
  config: Pick<Config, 'temporalAddress' | 'stateDirectory'>,
): Promise<Pick<Gameday, 'abort' | 'halt' | 'environment' | 'close'>> {
  const address = await addressOf(config);
  const [{ connect }, { temporalGameday }] = await Promise.all([
    import('../../client/connect.js'),
    import('../../client/temporal-gameday.js'),
  ]);
  const connected = await connect({ address, namespace }, connectWithinMs).catch((error: unknown) => {
    const why = `nothing answers at ${address} (${error instanceof Error ? error.message : String(error)})`;
    throw new NotReachable('Could not reach Temporal', why, help);
  });
  // Stops carry no seal, so none is needed here.
  return { ...temporalGameday(connected.client, ''), close: () => connected.close() };
}

const help = 'Set TEMPORAL_ADDRESS, or run the command in the folder in which "gameday up" was started.';

async function addressOf(config: Pick<Config, 'temporalAddress' | 'stateDirectory'>): Promise<string> {
  if (config.temporalAddress !== undefined) return config.temporalAddress;
  const note = await readLiveTemporal(describeStateDir(config.stateDirectory).temporalNote);
  if (note) return `127.0.0.1:${note.port}`;
  const why = `TEMPORAL_ADDRESS is not set and none runs in ${config.stateDirectory}`;
  throw new NotReachable('Could not reach Temporal', why, help);
}
