import { deploymentScale } from '../../activities/faults/kubernetes/deployment-scale';
import { podDelete } from '../../activities/faults/kubernetes/pod-delete';
import { prepareStep } from '../activities/faults/kubernetes/prepare-step';
import { deploy, deployments, livePods, raw, settled, tools } from './kind-cluster';

jest.setTimeout(300_000);

const steps = [
  {
    driver: podDelete,
    target: (app: string) => ({ namespace: 'shop', labels: { app }, minHealthy: 1 }),
    params: { gracePeriod: '1s', respectBudget: false },
  },
  { driver: deploymentScale, target: (name: string) => ({ namespace: 'shop', name }), params: { replicas: 1 } },
].map((step) => [step.driver.kind, step] as const);

const uids = async (name: string) => (await livePods(name)).map(({ metadata }) => metadata.uid).sort();

/** Everything of a Deployment that outlasts a fault. */
async function lasting(name: string): Promise<string> {
  const { metadata, spec } = await raw.get(`${deployments}/${name}`);
  return JSON.stringify([metadata.labels, metadata.annotations, spec]);
}

describe.each(steps)('%s in a real cluster, with the role that is shipped', (kind, { driver, target, params }) => {
  const name = kind.replace('kubernetes/', '');
  const step = { target: target(name), params };
  beforeAll(() => deploy(name));
  afterAll(() => raw.ask('DELETE', `${deployments}/${name}`));
  beforeEach(() => settled(name));

  it('lives its life: armed without harm, felt, listed, ended, and nothing of it is left', async () => {
    const [before, ready] = [await lasting(name), await uids(name)];
    const injection = await prepareStep(driver, step, tools());
    await driver.arm?.(injection, tools());
    expect([(await driver.status(injection, tools())).state, await uids(name)]).toEqual(['armed', ready]);
    await driver.inject(injection, tools());
    await driver.inject(injection, tools());
    expect((await driver.status(injection, tools())).state).toBe('active');
    expect(await uids(name)).not.toEqual(ready);
    expect(await driver.listFaults(tools())).toEqual([injection]);
    expect(await driver.rollback(injection, tools())).toMatchObject({ end: 'absent', foundActive: true });
    expect(await driver.rollback(injection, tools())).toMatchObject({ end: 'absent', foundActive: false });
    await settled(name);
    expect(await driver.listFaults(tools())).toEqual([]);
    expect(await lasting(name)).toBe(before);
  });

  it('does nothing when its inject comes after its rollback', async () => {
    const ready = await uids(name);
    const injection = await prepareStep(driver, step, tools());
    await driver.arm?.(injection, tools());
    await driver.rollback(injection, tools());
    await expect(driver.inject(injection, tools())).rejects.toMatchObject({ name: 'Refused' });
    expect(await uids(name)).toEqual(ready);
  });

  it('refuses a workload that carries a tag already', async () => {
    const injection = await prepareStep(driver, step, tools());
    await driver.arm?.(injection, tools());
    await expect(prepareStep(driver, step, tools())).rejects.toThrow(/already carries injection/);
    await driver.rollback(injection, tools());
  });
});
