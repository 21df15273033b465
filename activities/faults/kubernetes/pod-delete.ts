import type { DriverTools, Prepared } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import type { Survey, Target } from '../../../src/domain/survey';
import { isExcluded, namespaceRefusals, workloadRefusals } from '../../targets/kubernetes/admission';
import { podFinder, tooFewLeft } from '../../targets/kubernetes/pod-finder';
import { podSelector, type PodSelector } from '../../targets/kubernetes/selector';
import { defineFault } from '../define-fault';
import { refuseAll } from '../refused';
import { connect } from './connect';
import type { KubernetesClient } from './kubernetes-client';
import { finalWhenRefused } from './kubernetes-failure';
import { listWorkloadFaults } from './list-workload-faults';
import { commonPermissions, permissionRefusals, type Permission } from './permissions';
import { lookAtPod } from './pod-look';
import { readPods } from './pod-status';
import { rollBackPods } from './release-pods';
import { armPods, injectPods, podParams } from './take-pods';
import { surveyOrRefuse } from './survey-or-refuse';
import { kubernetes, type KubernetesConnection } from './system';
import { findWorkload, placeOf, type WorkloadCall } from './tagged-deployment';
import { podFactsOf, workloadOf } from './workload';

type Tools = DriverTools<KubernetesConnection>;

const permissions: Permission[] = [
  ...commonPermissions,
  ['get', 'apps', 'replicasets'],
  ['get', '', 'pods'],
  ['patch', '', 'pods'],
];

const callOf = async (injection: Injection, tools: Tools): Promise<WorkloadCall> => ({
  ...{ injection, client: await connect(tools), now: tools.now },
});

/** Takes pods away once; their Deployment replaces them. */
export const podDelete = defineFault({
  kind: 'kubernetes/pod-delete',
  summary: 'Deletes (or evicts) pods of Deployments once; what replaces them is never touched.',
  system: kubernetes,
  params: podParams,
  selector: podSelector,
  capabilities: {
    expiry: 'none',
    hasFence: true,
    isReversible: false,
    countsHits: false,
    scope: 'the chosen pods by uid, opted in by label and by the environment, leaving `minHealthy` that answer',
  },

  survey: ({ target, params }, tools) => surveyOrRefuse(() => survey(target, params.respectBudget, tools)),

  async prepare(prepared, tools) {
    const client = await connect(tools);
    const targets = await finalWhenRefused(remaining(prepared.targets, client));
    const doing = `cannot prepare ${prepared.injectionId}`;
    if (targets.length === 0) refuseAll(doing, ['every chosen pod has vanished; start another experiment']);
    refuseAll(doing, await finalWhenRefused(refusalsNow({ ...prepared, targets }, client, tools)));
    return { ...prepared, targets, originals: {}, preparedAt: new Date(tools.now()).toISOString() };
  },

  arm: async (injection, tools) => armPods(await callOf(injection, tools)),
  inject: async (injection, tools) => injectPods(await callOf(injection, tools)),
  status: async (injection, tools) => readPods(await callOf(injection, tools)),
  rollback: async (injection, tools) => rollBackPods(await callOf(injection, tools)),
  listFaults: (tools) => listWorkloadFaults('kubernetes/pod-delete', tools),
});

async function survey(selector: PodSelector, respectBudget: boolean, tools: Tools): Promise<Survey> {
  const { targets, total, refusals } = await podFinder.find(selector, tools);
  const client = await connect(tools);
  const taking: Permission = respectBudget ? ['create', '', 'pods/eviction'] : ['delete', '', 'pods'];
  return {
    ...{ targets, total },
    percent: total === 0 ? 0 : (100 * targets.length) / total,
    trafficPercent: await shareTaken(targets, client),
    refusals: [...refusals, ...(await permissionRefusals(selector.namespace, [...permissions, taking], client))],
  };
}

/** Of a workload's traffic, at most the share of the pods that answer; the highest of all workloads. */
async function shareTaken(targets: Target[], client: KubernetesClient): Promise<number> {
  const shares = targets.map(async (target) => {
    const found = await client.findDeployment(placeOf(workloadOf({ targets: [target] })));
    const taken = targets.filter(({ lockKey }) => lockKey === target.lockKey).length;
    return Math.min(100, Math.ceil((100 * taken) / Math.max(1, found?.status?.readyReplicas ?? 1)));
  });
  return Math.max(0, ...(await Promise.all(shares)));
}

/** Those that are still there; what vanished since the survey is dropped. */
async function remaining(targets: Target[], client: KubernetesClient): Promise<Target[]> {
  const looks = await Promise.all(targets.map((target) => lookAtPod({ client }, target)));
  const isThere = ({ pod }: (typeof looks)[number]) =>
    pod !== undefined && pod.metadata?.deletionTimestamp === undefined && !isExcluded(pod.metadata);
  return looks.filter(isThere).map(({ target }) => target);
}

async function refusalsNow(prepared: Prepared, client: KubernetesClient, tools: Tools): Promise<string[]> {
  const call = { injection: { ...prepared, originals: {}, preparedAt: '' }, client, now: tools.now };
  const found = await findWorkload(call);
  if (found === undefined) return ['its deployment has vanished; start another experiment'];
  const minHealthy = Math.max(...prepared.targets.map((target) => podFactsOf(target).minHealthy));
  return [
    ...(await namespaceRefusals(workloadOf(prepared).namespace, client, tools)),
    ...(await workloadRefusals(found, client, tools)),
    ...tooFewLeft(found, prepared.targets.length, minHealthy),
  ];
}
