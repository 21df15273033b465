import { Client, Connection } from '@temporalio/client';
import { dataConverter } from './data-converter';

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
  close(): Promise<void>;
}

/** Connects within `timeoutMs`; throws when nothing answers there. */
export async function connect({ address, namespace }: TemporalAddress, timeoutMs = 10_000): Promise<ConnectedClient> {
  const connection = await Connection.connect({ address, connectTimeout: timeoutMs });
  const client = new Client({ connection, namespace, dataConverter });
  return {
    client,
    readNamespaceId: async () => {
      const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
      return namespaceInfo?.id ?? namespace;
    },
    close: () => connection.close(),
  };
}
