import { workflowId } from '../../src/domain/workflow-id';
import { aPlan, anInjectStep } from '../fakes/plan';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();
const payment = workflowId.injection('sdk:payment');

test('takes the locks of a parallel step in sorted order and gives back what it had when one is held', async () => {
  const limits = {
    ...aPlan().environment.limits,
    concurrentExperimentsMax: 2,
    concurrentInjectionsMax: 9,
    targetsMax: 9,
  };
  const environment = { ...aPlan().environment, limits };
  const blastRadius = { targetsMax: 9, trafficPercentMax: 100 };
  const services = ['search', 'basket', 'payment'];
  const steps = services.map((service, index) => anInjectStep({ id: `1.${index + 1}`, target: { service } }));
  const parallel = aPlan({ environment, blastRadius, steps: [{ kind: 'parallel', id: '1', steps }] });
  const world = aWorld();
  await world.start({ plan: aPlan({ environment, blastRadius }) });
  await world.untilInjected();
  const { verdict } = await world.runToEnd({ experimentId: 'e2', plan: parallel });
  expect(verdict.reasons.join()).toMatch(/sdk:payment is held by e1/);
  await world.temporal.advance(5_000);
  const started = world.temporal.runs.map((run) => run.workflowId).filter((id) => id.startsWith('injection:'));
  expect(started).toEqual([payment, workflowId.injection('sdk:basket')]);
  expect(world.temporal.open(workflowId.injection('sdk:basket'))).toBeUndefined();
  expect(world.target.log.some(({ act, injectionId }) => act === 'injected' && injectionId.startsWith('e2'))).toBe(
    false,
  );
  await world.result();
  const alone = await world.runToEnd({ experimentId: 'e3', plan: parallel });
  expect(alone.verdict.verdict).toBe('passed');
  expect(world.evidence.injections.map(({ lockKey }) => lockKey)).toEqual(['sdk:basket', 'sdk:payment', 'sdk:search']);
});

test('rolls every fault of a parallel step back when one cannot be injected', async () => {
  const limits = { ...aPlan().environment.limits, concurrentInjectionsMax: 9, targetsMax: 9 };
  const environment = { ...aPlan().environment, limits };
  const steps = ['basket', 'payment'].map((service, index) =>
    anInjectStep({ id: `1.${index + 1}`, target: { service } }),
  );
  const blastRadius = { targetsMax: 9, trafficPercentMax: 100 };
  const plan = aPlan({ environment, blastRadius, steps: [{ kind: 'parallel', id: '1', steps }] });
  const world = aWorld({
    fakes: (calm) => ({
      async injectFault(input, attempt) {
        if (input.injection.lockKey === 'sdk:payment') throw new Error('connection refused');
        return calm.injectFault(input, attempt);
      },
    }),
  });
  const { verdict } = await world.runToEnd({ plan });
  expect(verdict.verdict).toBe('errored');
  expect(world.target.traces()).toEqual([]);
});
