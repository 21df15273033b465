import type { Connection } from '@temporalio/client';
import { describeCluster, type Cluster } from './cluster';
import { ClusterError } from './cluster-error';
import { grpcCode } from './grpc-code';

/** The id of the cluster's namespace. Errors: ClusterError when it does not exist or may not be seen. */
export async function readNamespaceId(connection: Connection, cluster: Cluster): Promise<string> {
  const { namespace } = cluster;
  try {
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
    return namespaceInfo?.id ?? namespace;
  } catch (error) {
    throw explain(cluster, error);
  }
}

function explain(cluster: Cluster, error: unknown): unknown {
  const attempt = `Could not use Temporal at ${describeCluster(cluster)}`;
  const { namespace } = cluster;
  switch (grpcCode(error)) {
    case 'NOT_FOUND': {
      const help = `Set TEMPORAL_NAMESPACE to one that exists, or make it: temporal operator namespace create --namespace ${namespace}`;
      return new ClusterError(attempt, `it has no namespace ${namespace}`, help);
    }
    case 'PERMISSION_DENIED':
    case 'UNAUTHENTICATED':
      return new ClusterError(attempt, `it does not let us into namespace ${namespace}`, credentialsHelp);
    default:
      return error;
  }
}

/** What helps when a cluster knows us and says no. */
export const credentialsHelp =
  'Check TEMPORAL_API_KEY, TEMPORAL_TLS_CLIENT_CERT_PATH and what its owner is allowed in this namespace.';
