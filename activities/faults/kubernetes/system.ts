import { z } from 'zod';
import type { FaultSystem } from '../../../src/domain/fault-driver';

/** A name as Kubernetes gives it to namespaces and workloads. */
export const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'expected lower-case letters, digits, dots and dashes');

const connection = z
  .strictObject({
    kubeconfig: z.string().min(1).meta({ isSecret: true }).exactOptional(),
    context: z.string().min(1).exactOptional(),
    server: z.url({ protocol: /^https$/, error: 'expected an address such as https://10.0.0.1:6443' }).exactOptional(),
    ca: z.string().min(1).exactOptional(),
    token: z.string().min(1).meta({ isSecret: true }).exactOptional(),
    deniedNamespaces: z.array(objectName).default([]),
  })
  .refine(
    ({ kubeconfig, server, token }) => (kubeconfig === undefined) === (server !== undefined && token !== undefined),
    {
      error: 'expected either kubeconfig (and context), or server, ca and token',
    },
  );

/** How an API server is reached, and which namespaces nobody may harm besides those that are always denied. */
export type KubernetesConnection = z.infer<typeof connection>;

/** A namespace, or some workloads of it, that may be harmed, as an environment file opts them in. */
export const kubernetesOptIn = z.strictObject({
  namespace: objectName,
  workloads: z.array(objectName).min(1).exactOptional(),
});

/** A Kubernetes cluster, harmed through its API alone. */
export const kubernetes: FaultSystem<KubernetesConnection> = {
  name: 'kubernetes',
  summary: 'A Kubernetes cluster, through its API server.',
  connection,
  optIn: kubernetesOptIn,
};
