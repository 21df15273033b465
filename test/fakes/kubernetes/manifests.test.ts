import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Pod } from 'kubernetes-models/v1/Pod';
import { autoscaler, deployment, disruptionBudget, namespace, pod } from './manifests';

describe('the manifests that tests give to the fake', () => {
  it.each([
    ['namespace', new Namespace(namespace('shop'))],
    ['deployment', new Deployment(deployment('shop', 'catalogue', { annotations: { note: 'x' } }))],
    ['autoscaler', new HorizontalPodAutoscaler(autoscaler('shop', 'catalogue'))],
    ['disruption budget', new PodDisruptionBudget(disruptionBudget('shop', 'catalogue', 1))],
    ['pod', new Pod(pod('shop', 'tool', { finalizers: ['example.com/hold'], labels: { app: 'tool' } }))],
  ])('follow the published schema: %s', (_, object) => {
    expect(() => object.validate()).not.toThrow();
  });

  it('would be refused by the schema if they were wrong', () => {
    const wrong: unknown = { ...deployment('shop', 'catalogue'), spec: { replicas: 'two' } };
    expect(() => new Deployment(JSON.parse(JSON.stringify(wrong))).validate()).toThrow(/replicas/);
  });
});
