import type { Gameday } from '../../client/gameday';
import type { Config } from '../../config';
import { NotReachable } from '../cli-error';
import { toldError } from '../told-error';

// A stop does not wait for somebody who is not there.
const connectWithinMs = 3_000;

/** Connects a stop verb straight to Temporal. Errors: `NotReachable`, with where it was looked for. */
export async function connectTemporal(
  config: Pick<Config, 'hasCluster' | 'stateDirectory' | 'env'>,
): Promise<Pick<Gameday, 'abort' | 'halt' | 'environment' | 'close'>> {
  try {
    const { findCluster } = await import('../../worker/find-cluster.js');
    const cluster = await findCluster(config);
    const [{ connect }, { temporalGameday }] = await Promise.all([
      import('../../client/connect.js'),
      import('../../client/temporal-gameday.js'),
    ]);
    const connected = await connect(cluster, connectWithinMs);
    // Stops carry no seal, so none is needed here.
    return { ...temporalGameday(connected.client, ''), close: () => connected.close() };
  } catch (error) {
    const told = toldError(error);
    throw told ? new NotReachable(told.attempt, told.why, told.help) : error;
  }
}
