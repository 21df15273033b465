import type { ConnectionOptions, TLSConfig } from '@temporalio/client';

/** A Temporal cluster, and all that a connection to it needs; holds secrets, so it is never logged as a whole. */
export interface Cluster {
  /** `host:port` */
  address: string;
  namespace: string;
  /** The profile of temporal.toml that it was read from. */
  profile?: string;
  tls?: TLSConfig | boolean;
  apiKey?: string;
  /** Sent with every call. */
  metadata?: Record<string, string>;
}

/** What the client's and the worker's connection have in common. */
export function connectionOptions({ address, tls, apiKey, metadata }: Cluster) {
  return {
    address,
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  } satisfies ConnectionOptions;
}

/** Whether connections to it are encrypted, and how it knows us: an API key alone turns TLS on. */
export function securityOf({ tls, apiKey }: Cluster): 'no TLS' | 'TLS' | 'mutual TLS' {
  if (typeof tls === 'object') return tls.clientCertPair ? 'mutual TLS' : 'TLS';
  return (tls ?? apiKey !== undefined) ? 'TLS' : 'no TLS';
}

/** One line for people, without secrets. */
export function describeCluster(cluster: Cluster): string {
  const { address, namespace, profile, apiKey } = cluster;
  const parts = [address, `namespace ${namespace}`, securityOf(cluster)];
  if (apiKey !== undefined) parts.push('an API key');
  if (profile !== undefined) parts.push(`profile ${profile} of temporal.toml`);
  return parts.join(', ');
}
