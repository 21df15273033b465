import type { V1ObjectMeta } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { KubernetesClient } from './kubernetes-client';

const gitOpsPrefixes: [prefix: string, tool: string][] = [
  ['argocd.argoproj.io/', 'Argo CD'],
  ['kustomize.toolkit.fluxcd.io/', 'Flux'],
  ['helm.toolkit.fluxcd.io/', 'Flux'],
];

/** Who else sets the number of replicas and would fight a change of ours, in sentences. */
export async function rivalRefusals(metadata: V1ObjectMeta | undefined, client: KubernetesClient): Promise<string[]> {
  const [namespace, name] = [metadata?.namespace ?? '', metadata?.name ?? ''];
  const autoscalers = (await client.listAutoscalers(namespace)).filter(
    ({ spec }) => spec?.scaleTargetRef.kind === 'Deployment' && spec.scaleTargetRef.name === name,
  );
  const scaled = autoscalers.map(
    (one) =>
      `deployment ${name} is scaled by autoscaler ${one.metadata?.name ?? ''}, which would undo it; suspend that first`,
  );
  return [...scaled, ...gitOpsRefusals(name, metadata)];
}

function gitOpsRefusals(name: string, metadata: V1ObjectMeta | undefined): string[] {
  const keys = Object.keys({ ...metadata?.labels, ...metadata?.annotations });
  const tools = gitOpsPrefixes.filter(([prefix]) => keys.some((key) => key.startsWith(prefix))).map(([, tool]) => tool);
  return [...new Set(tools)].map(
    (tool) =>
      `deployment ${name} is kept as it is in Git by ${tool}, which would undo it; take the replicas out of its care first`,
  );
}
