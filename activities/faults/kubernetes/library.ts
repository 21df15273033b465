import type * as Kubernetes from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

/** The client library of Kubernetes: large, so that it is loaded only where a cluster is really asked. */
export type Library = typeof Kubernetes;

/** Loads the client library. */
export function loadLibrary(): Promise<Library> {
  return import('@kubernetes/client-node');
}
