import { Client, Connection } from '@temporalio/client';
import { dataConverter } from './data-converter';
import { gentleClose } from './gentle-close';

/** Where Temporal is. */
export interface TemporalAddress {
  address: string;
  namespace: string;
}

/** A client with its connection, one per process; close it once. */
export interface ConnectedClient {
  client: Client;
  /** The id of the namespace: the home that our faults' tags name. */
  readNamespaceId(): Promise<string>;
  /** Never throws into a call that is still under way; such a call fails by itself. */
  close(): Promise<void>;
}

/** Connects within `timeoutMs`; throws when nothing answers there. */
export async function connect({ address, namespace }: TemporalAddress, timeoutMs = 10_000): Promise<ConnectedClient> {
  const closing = gentleClose();
  const connection = Connection.lazy({ address, connectTimeout: timeoutMs, interceptors: closing.interceptors });
  const close = (): Promise<void> => closing.close(() => connection.close());
  try {
    await connection.ensureConnected();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    client: new Client({ connection, namespace, dataConverter }),
    readNamespaceId: async () => {
      const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
      return namespaceInfo?.id ?? namespace;
    },
    close,
  };
}
