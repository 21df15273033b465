import { Client, Connection } from '@temporalio/client';
import { connectionOptions, type Cluster } from './cluster';
import { dataConverter } from './data-converter';
import { gentleClose, type GentleClose } from './gentle-close';
import { readNamespaceId } from './read-namespace-id';
import { attributeServer, type AttributeServer } from './search-attribute-server';
import { hopelessness, whyUnreachable } from './why-unreachable';

/** A client with its connection, one per process; close it once. */
export interface ConnectedClient {
  client: Client;
  attributes: AttributeServer;
  /** The id of the namespace: the home that our faults' tags name. Errors: ClusterError when there is no such namespace. */
  readNamespaceId(): Promise<string>;
  /** Never throws into a call that is still under way; such a call fails by itself. */
  close(): Promise<void>;
}

/** Connects within `timeoutMs`; throws ClusterError when nothing answers there or one side does not trust the other. */
export async function connect(cluster: Cluster, timeoutMs = 10_000): Promise<ConnectedClient> {
  const closing = gentleClose();
  const connection = await open(cluster, timeoutMs, closing);
  const { namespace } = cluster;
  return {
    client: new Client({ connection, namespace, dataConverter }),
    attributes: attributeServer(connection, namespace),
    readNamespaceId: () => readNamespaceId(connection, cluster),
    close: () => closing.close(() => connection.close()),
  };
}

async function open(cluster: Cluster, connectTimeout: number, closing: GentleClose): Promise<Connection> {
  let connection: Connection | undefined;
  try {
    const { interceptors } = closing;
    connection = Connection.lazy({ ...connectionOptions(cluster), connectTimeout, interceptors });
    await untilConnected(connection, cluster);
    return connection;
  } catch (error) {
    const opened = connection;
    if (opened) await closing.close(() => opened.close());
    throw await whyUnreachable(cluster, error);
  }
}

/** The SDK tries until its time is over, also when the cluster has long said no: that is looked for after a moment. */
async function untilConnected(connection: Connection, cluster: Cluster): Promise<void> {
  const connected = connection.ensureConnected();
  connected.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const refused = new Promise<never>((_, reject) => {
    const look = () => hopelessness(cluster).then((error) => error && reject(error), reject);
    timer = setTimeout(() => void look(), hopeForMs);
  });
  await Promise.race([connected, refused]).finally(() => clearTimeout(timer));
}

const hopeForMs = 1_000;
