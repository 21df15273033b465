import type { ObserveInput } from '../../activities/contract';
import type { Survey } from '../../src/domain/survey';
import { workflowId } from '../../src/domain/workflow-id';
import { progress } from '../../workflows/messages';
import { aPlan, anInjectStep, aSurvey } from '../fakes/plan';
import { anApprovalPlan } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();

const surveying = (over: Partial<Survey>) => () => ({
  surveyTargets: async () => ({ surveys: [aSurvey(over)], targetsHash: 'targets-1' }),
});

test('goes through its phases in order and passes', async () => {
  const world = aWorld();
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'passed', rule: 7 });
  const names = world.evidence.phases.map(({ phase }) => phase);
  expect(names).toEqual(['preflight', 'baseline', 'steps', 'rollback', 'recovery', 'verdict']);
  expect(world.evidence.phases.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
  expect(world.injection).toMatchObject({ end: 'absent', effectSeen: true, hits: 42, isActiveAfterInject: true });
  expect(world.target.log.map(({ act }) => act)).toEqual(['armed', 'injected', 'rolled back']);
});

test('holds the fault for as long as the step says', async () => {
  const world = aWorld();
  await world.runToEnd();
  const [, injected, rolledBack] = world.target.log;
  expect(rolledBack?.atMs).toBe((injected?.atMs ?? 0) + 60_000);
});

test('gives every lock and place back when it has ended', async () => {
  const world = aWorld();
  await world.runToEnd();
  await world.temporal.advance(1_000);
  expect(world.temporal.open(workflowId.injection('sdk:payment'))).toBeUndefined();
  const { verdict } = await world.runToEnd({ experimentId: 'e2' });
  expect(verdict.verdict).toBe('passed');
});

test('refuses with every reason of preflight and asks nothing of the target', async () => {
  const reasons = ['no worker polls', 'no sentinel answers'];
  const world = aWorld({ fakes: () => ({ checkPreflight: async () => reasons }) });
  const { verdict } = await world.runToEnd();
  expect(verdict).toEqual({ verdict: 'refused', rule: 2, reasons });
  expect(world.target.log).toEqual([]);
});

test.each([
  ['what the survey refuses', { refusals: ['payment/charge is not opted in'] }, /not opted in/],
  ['more traffic than is allowed', { trafficPercent: 41 }, /41 %.*at most 40 %/],
  ['no target at all', { targets: [] }, /selects none of 1/],
  [
    'more targets than are allowed',
    { targets: ['a', 'b'].map((name) => ({ identity: name, lockKey: name, description: name, facts: null })) },
    /2 targets.*at most 1/,
  ],
])('refuses %s', async (_what, survey, reason) => {
  const world = aWorld({ fakes: surveying(survey) });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(reason);
  expect(world.target.log).toEqual([]);
});

test('errs when the survey keeps failing', async () => {
  const surveyTargets = () => Promise.reject(new Error('the control endpoint does not answer'));
  const world = aWorld({ fakes: () => ({ surveyTargets }) });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'errored', reasons: ['the control endpoint does not answer'] });
});

test('injects nothing when steady state is not met', async () => {
  const world = aWorld();
  world.observer.script = ({ purpose }) =>
    purpose === 'baseline' ? { afterMs: 9_000, end: 'not-held', reasons: ['success-rate was 0.4'] } : undefined;
  const { verdict } = await world.runToEnd();
  expect(verdict).toEqual({ verdict: 'refused', rule: 2, reasons: ['success-rate was 0.4'] });
  expect(world.target.log).toEqual([]);
});

test('takes a second baseline before a second step', async () => {
  const plan = aPlan({ steps: [anInjectStep(), anInjectStep({ id: '2' })] });
  const world = aWorld();
  const { verdict } = await world.runToEnd({ plan });
  expect(verdict.verdict).toBe('passed');
  const ids = world.observer.asked.map(({ id }: ObserveInput) => id);
  expect(ids).toEqual(['baseline-1', 'hold-1', 'baseline-2', 'hold-2', 'recovery']);
  expect(world.target.log.map(({ act }) => act).filter((act) => act !== 'armed')).toEqual([
    'injected',
    'rolled back',
    'injected',
    'rolled back',
  ]);
});

test('refuses the second step when steady state is not met again, and rolls the first one back', async () => {
  const plan = aPlan({ steps: [anInjectStep(), anInjectStep({ id: '2' })] });
  const world = aWorld();
  world.observer.script = ({ id }) =>
    id === 'baseline-2' ? { afterMs: 1_000, end: 'not-held', reasons: ['p95 was 900 ms'] } : undefined;
  const { verdict } = await world.runToEnd({ plan });
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5, reasons: ['p95 was 900 ms'] });
  expect(world.target.count('injected')).toBe(1);
  expect(world.target.traces()).toEqual([]);
});

test.each(['drifted', 'late'])('begins no second step when the first fault ended %s', async (how) => {
  const drifted = { end: 'drifted', foundActive: true, evidence: 'somebody changed it' } as const;
  const world = aWorld({
    features: { hasFence: true, hasLease: false },
    fakes: () => ({ rollBackFault: async (_input, attempt) => (how === 'drifted' ? drifted : attempt.hang()) }),
  });
  const second = anInjectStep({ id: '2', target: { service: 'basket' } });
  const { environment } = aPlan();
  const limits = { ...environment.limits, targetsMax: 2, concurrentInjectionsMax: 2 };
  const blastRadius = { targetsMax: 2, trafficPercentMax: 40 };
  const steps = [anInjectStep(), second];
  const { verdict } = await world.runToEnd({
    plan: aPlan({ steps, blastRadius, environment: { ...environment, limits } }),
  });
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 1 });
  expect(world.observer.asked.map(({ id }) => id)).not.toContain('baseline-2');
  expect(world.target.count('injected', 'e1-2-1')).toBe(0);
});

test('waits through a pause with nothing in effect', async () => {
  const plan = aPlan({ steps: [anInjectStep(), { kind: 'pause', id: '2', forMs: 300_000 }] });
  const world = aWorld();
  const { verdict } = await world.runToEnd({ plan });
  expect(verdict.verdict).toBe('passed');
});

test('keeps the verdict and says so when the store stays away', async () => {
  const storeEvidence = () => Promise.reject(new Error('the store does not answer'));
  const world = aWorld({ fakes: () => ({ storeEvidence }) });
  const startedAtMs = world.temporal.clock.nowMs;
  const { verdict, unstored } = await world.runToEnd();
  expect(verdict.verdict).toBe('passed');
  expect(unstored).toMatch(/the store does not answer/);
  const tookMs = world.temporal.clock.nowMs - startedAtMs;
  expect(tookMs).toBeGreaterThan(600_000);
  expect(tookMs).toBeLessThan(720_000);
});

test('holds no lock while it waits for the store', async () => {
  const storeEvidence = () => Promise.reject(new Error('the store does not answer'));
  const world = aWorld({ fakes: () => ({ storeEvidence }) });
  await world.start();
  await world.untilPhase('verdict');
  await world.temporal.advance(1_000);
  expect(world.temporal.open(workflowId.experiment('e1'))).toBeDefined();
  expect(world.temporal.open(workflowId.injection('sdk:payment'))).toBeUndefined();
});

test('errs when recovery cannot be watched', async () => {
  const world = aWorld({
    fakes: (calm) => ({
      observe: (input, attempt) =>
        input.purpose === 'recovery' ? Promise.reject(new Error('no probe')) : calm.observe(input, attempt),
    }),
  });
  await world.start();
  const { verdict } = await world.result();
  expect(verdict.verdict).toBe('errored');
  expect(world.target.traces()).toEqual([]);
});

test('fails when recovery is too slow', async () => {
  const world = aWorld();
  world.observer.script = ({ purpose }) =>
    purpose === 'recovery' ? { afterMs: 60_000, end: 'not-held', reasons: ['not recovered within 60 s'] } : undefined;
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'failed', rule: 3, reasons: ['not recovered within 60 s'] });
});

test.each([
  ['approval', 'waiting for 1 of sre', anApprovalPlan()],
  ['baseline', 'watching steady state before anything is touched', aPlan()],
  ['steps', 'carrying out the step', aPlan()],
  ['recovery', 'waiting at most 60 s for steady state', aPlan()],
])('says in %s that it is %s', async (phase, details, plan) => {
  const world = aWorld();
  await world.start({ plan });
  await world.untilPhase(phase);
  expect(await world.temporal.query(workflowId.experiment('e1'), progress)).toMatchObject({ phase, details });
});
