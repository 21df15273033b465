import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { KubernetesClient, Place } from '../../faults/kubernetes/kubernetes-client';

const serviceHost = /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\..+)?)?$/;

/** Why a workload may not be harmed because it answers for a Service through which faults are removed, in sentences. */
export async function pathRefusals(
  { metadata, spec }: V1Deployment,
  addresses: string[],
  client: KubernetesClient,
): Promise<string[]> {
  const labels = spec?.template.metadata?.labels ?? {};
  const places = addresses.flatMap(serviceIn).filter(({ namespace }) => namespace === metadata?.namespace);
  const selectors = await Promise.all(
    places.map(async (place) => ({ place, selector: (await client.findService(place))?.spec?.selector })),
  );
  return selectors
    .filter(({ selector }) => selector !== undefined && fits(selector, labels))
    .map(
      ({ place: { namespace, name } }) =>
        `deployment ${metadata?.name ?? ''} is behind service ${namespace}/${name}, through which faults are removed; choose another one`,
    );
}

/** The Service that an address such as `temporal.platform.svc:7233` names. */
function serviceIn(address: string): Place[] {
  const [, name, namespace] = serviceHost.exec(address.replace(/:\d+$/, '').toLowerCase()) ?? [];
  return name === undefined || namespace === undefined ? [] : [{ namespace, name }];
}

function fits(selector: Record<string, string>, labels: Record<string, string>): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
