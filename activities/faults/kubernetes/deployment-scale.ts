import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import type { Survey } from '../../../src/domain/survey';
import { namespaceRefusals, workloadRefusals } from '../../targets/kubernetes/admission';
import { deploymentFinder } from '../../targets/kubernetes/deployment-finder';
import { deploymentSelector, type DeploymentSelector } from '../../targets/kubernetes/selector';
import { defineFault } from '../define-fault';
import { Refused, refuseAll } from '../refused';
import { connect } from './connect';
import type { KubernetesClient } from './kubernetes-client';
import { finalWhenRefused } from './kubernetes-failure';
import { listWorkloadFaults } from './list-workload-faults';
import { commonPermissions, permissionRefusals, type Permission } from './permissions';
import { rivalRefusals } from './rival-controllers';
import { rollBackScale } from './restore-scale';
import { armScale, injectScale } from './apply-scale';
import { scaleParams } from './scale-numbers';
import { readScale } from './scale-status';
import { surveyOrRefuse } from './survey-or-refuse';
import { kubernetes, type KubernetesConnection } from './system';
import { findWorkload, placeOf, type WorkloadCall } from './tagged-deployment';
import { workloadOf } from './workload';

type Tools = DriverTools<KubernetesConnection>;

const permissions: Permission[] = [...commonPermissions, ['list', 'autoscaling', 'horizontalpodautoscalers']];

const callOf = async (injection: Injection, tools: Tools): Promise<WorkloadCall> => ({
  ...{ injection, client: await connect(tools), now: tools.now },
});

/** Gives a Deployment another number of replicas, and its own one back. */
export const deploymentScale = defineFault({
  kind: 'kubernetes/deployment-scale',
  summary: 'Scales Deployments to `replicas`, and back to what they were unless somebody else changed that.',
  system: kubernetes,
  params: scaleParams,
  selector: deploymentSelector,
  capabilities: {
    expiry: 'none',
    hasFence: true,
    isReversible: true,
    countsHits: false,
    scope: 'the replicas of the chosen Deployments, opted in by label and by the environment',
  },

  survey: ({ target, params }, tools) => surveyOrRefuse(() => survey(target, params.replicas, tools)),

  async prepare(prepared, tools) {
    const client = await connect(tools);
    const call = { injection: { ...prepared, originals: {}, preparedAt: '' }, client, now: tools.now };
    const found = await finalWhenRefused(findWorkload(call));
    const doing = `cannot prepare ${prepared.injectionId}`;
    if (found === undefined) throw new Refused(`${doing}: its deployment has vanished; start another experiment`);
    const { replicas } = scaleParams.parse(prepared.params);
    const refusals = [
      ...(await namespaceRefusals(workloadOf(prepared).namespace, client, tools)),
      ...(await workloadRefusals(found, client, tools)),
      ...(await scaleRefusals(found, replicas, client)),
    ];
    refuseAll(doing, refusals);
    const originals = { replicas: found.spec?.replicas ?? 1 };
    return { ...prepared, originals, preparedAt: new Date(tools.now()).toISOString() };
  },

  arm: async (injection, tools) => armScale(await callOf(injection, tools)),
  inject: async (injection, tools) => injectScale(await callOf(injection, tools)),
  status: async (injection, tools) => readScale(await callOf(injection, tools)),
  rollback: async (injection, tools) => rollBackScale(await callOf(injection, tools)),
  listFaults: (tools) => listWorkloadFaults('kubernetes/deployment-scale', tools),
});

async function survey(selector: DeploymentSelector, replicas: number, tools: Tools): Promise<Survey> {
  const { targets, total, refusals } = await deploymentFinder.find(selector, tools);
  const client = await connect(tools);
  const found = await Promise.all(
    targets.map((target) => client.findDeployment(placeOf(workloadOf({ targets: [target] })))),
  );
  const shares = found.map((one) => shareTaken(one, replicas));
  const rivals = await Promise.all(found.map(async (one) => (one ? scaleRefusals(one, replicas, client) : [])));
  return {
    ...{ targets, total },
    percent: total === 0 ? 0 : (100 * targets.length) / total,
    trafficPercent: Math.max(0, ...shares),
    refusals: [...refusals, ...rivals.flat(), ...(await permissionRefusals(selector.namespace, permissions, client))],
  };
}

/** Of a Deployment's traffic, at most the share of the replicas that are taken away; more replicas bound nothing. */
function shareTaken(found: V1Deployment | undefined, replicas: number): number {
  const current = found?.spec?.replicas ?? 1;
  return replicas > current ? 100 : Math.ceil((100 * (current - replicas)) / Math.max(current, 1));
}

async function scaleRefusals(found: V1Deployment, replicas: number, client: KubernetesClient): Promise<string[]> {
  const name = found.metadata?.name ?? '';
  const same = `deployment ${name} has ${replicas} replicas already: scaling it would change nothing; ask for another number`;
  return [
    ...(replicas === (found.spec?.replicas ?? 1) ? [same] : []),
    ...(await rivalRefusals(found.metadata, client)),
  ];
}
