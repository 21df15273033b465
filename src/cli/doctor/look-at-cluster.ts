import type { ConnectedClient } from '../../client/connect';
import type { Config } from '../../config';
import { toldError } from '../told-error';
import type { Finding } from './check';

const connectWithinMs = 3_000;

/** What stands at the cluster that the environment names: connection, namespace, search attributes, workers. */
export async function lookAtCluster(config: Pick<Config, 'hasCluster' | 'stateDirectory' | 'env'>): Promise<Finding> {
  const [{ findCluster }, { connect }, { describeCluster }] = await Promise.all([
    import('../../worker/find-cluster.js'),
    import('../../client/connect.js'),
    import('../../client/cluster.js'),
  ]);
  try {
    const cluster = await findCluster(config);
    const connected = await connect(cluster, connectWithinMs);
    try {
      await connected.readNamespaceId();
      return findingOf(describeCluster(cluster), await Promise.all([attributes(connected), workers(connected)]));
    } finally {
      await connected.close();
    }
  } catch (error) {
    const told = toldError(error);
    if (!told) throw error;
    return { state: 'missing', found: `${told.attempt}: ${told.why}`, help: told.help };
  }
}

function findingOf(place: string, looks: Finding[]): Finding {
  const helps = looks.flatMap(({ help }) => help ?? []);
  return {
    state: looks.every(({ state }) => state === 'ok') ? 'ok' : 'note',
    found: [place, ...looks.map(({ found }) => found)].join('; '),
    ...(helps.length === 0 ? {} : { help: helps.join('; ') }),
  };
}

async function attributes({ attributes: server }: ConnectedClient): Promise<Finding> {
  const { missingAttributes, registerCommand } = await import('../../client/search-attributes.js');
  const missing = await missingAttributes(server).catch(() => undefined);
  if (missing === undefined) return { state: 'note', found: 'search attributes could not be asked for' };
  if (missing.length === 0) return { state: 'ok', found: 'search attributes present' };
  const help = `"gameday server" registers them where it may, and does without them where it may not; or: ${registerCommand(server.namespace)}`;
  return { state: 'note', found: `search attributes missing: ${missing.join(', ')}`, help };
}

async function workers({ client }: ConnectedClient): Promise<Finding> {
  const { countWorkers } = await import('../../client/pollers.js');
  const count = await countWorkers(client).catch(() => undefined);
  if (count === undefined) return { state: 'note', found: 'workers could not be counted' };
  if (count === 0) return { state: 'note', found: 'no worker polls', help: 'start one: gameday worker' };
  return { state: 'ok', found: count === 1 ? '1 worker polls' : `${count} workers poll` };
}
