import { describeCluster, type Cluster } from './cluster';
import { ClusterError } from './cluster-error';
import { grpcCode } from './grpc-code';
import { credentialsHelp } from './read-namespace-id';
import { probe, type ProbeEnd } from './probe';

/** Why a cluster could not be connected to, found by looking once more at the bare connection; no key is quoted. */
export async function whyUnreachable(cluster: Cluster, error: unknown): Promise<ClusterError> {
  if (error instanceof ClusterError) return error;
  const code = grpcCode(error);
  if (code === 'UNAUTHENTICATED' || code === 'PERMISSION_DENIED')
    return new ClusterError(attemptAt(cluster), 'it does not let us in', credentialsHelp);
  return describe(cluster, await probe(cluster));
}

/** What waiting cannot mend, such as a certificate that is not accepted; undefined for a cluster that may yet answer. */
export async function hopelessness(cluster: Cluster): Promise<ClusterError | undefined> {
  const found = await probe(cluster);
  return found.end === 'silent' || found.end === 'answers' ? undefined : describe(cluster, found);
}

function describe(cluster: Cluster, found: ProbeEnd): ClusterError {
  const { why, help } = explain(cluster, found);
  return new ClusterError(attemptAt(cluster), why, help);
}

function attemptAt(cluster: Cluster): string {
  return `Could not connect to Temporal at ${describeCluster(cluster)}`;
}

function explain(cluster: Cluster, { end, code }: ProbeEnd): { why: string; help: string } {
  const because = code === undefined ? '' : ` (${code})`;
  switch (end) {
    case 'silent':
      return {
        why: `nothing answers there${because}`,
        help: 'Start that cluster, or correct TEMPORAL_ADDRESS or the profile.',
      };
    case 'no-port':
      return {
        why: `there is no such port${because}`,
        help: 'Correct TEMPORAL_ADDRESS or the profile: a port is at most 65535, and that of Temporal mostly 7233.',
      };
    case 'unreadable':
      return { why: `the client certificate, its key or the CA cannot be used${because}`, help: certificatesHelp };
    case 'wrong-name':
      return {
        why: `its certificate is for another name${because}`,
        help: 'Set TEMPORAL_TLS_SERVER_NAME to the name in it.',
      };
    case 'not-trusted':
      return {
        why: `its certificate is not trusted${because}`,
        help: 'Set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the CA that signed it.',
      };
    case 'no-tls':
      return {
        why: `it does not speak TLS there${because}`,
        help: 'Correct the address, or unset TEMPORAL_TLS and TEMPORAL_API_KEY.',
      };
    case 'refuses-us':
      return isCertified(cluster)
        ? { why: `it does not accept our client certificate${because}`, help: certificatesHelp }
        : {
            why: `it ended the connection, as one that asks for a client certificate does${because}`,
            help: certificatesHelp,
          };
    case 'answers':
      return typeof cluster.tls === 'object' || cluster.tls === true
        ? {
            why: 'something else than Temporal answers there, or Temporal is still starting',
            help: 'Correct the address, or try again.',
          }
        : {
            why: 'what answers there does not speak gRPC without TLS',
            help: 'Where the cluster wants TLS, set TEMPORAL_TLS=true and TEMPORAL_TLS_*, or [profile.NAME.tls].',
          };
  }
}

const certificatesHelp =
  'Check TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH and TEMPORAL_TLS_SERVER_CA_CERT_PATH, or tls in the profile.';

function isCertified({ tls }: Cluster): boolean {
  return typeof tls === 'object' && tls.clientCertPair !== undefined;
}
