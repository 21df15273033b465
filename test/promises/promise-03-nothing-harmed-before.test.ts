import { controlActivities } from '../../activities/control';
import type { Tools } from '../../activities/tools';
import { nothing } from '../../activities/faults/noop/nothing';
import { sealDecision } from '../../src/client/seal';
import type { Decision } from '../../src/domain/approval';
import type { Plan } from '../../src/domain/plan';
import { exitCodes } from '../../src/domain/verdict';
import { workflowId } from '../../src/domain/workflow-id';
import { parseEnvironment } from '../../src/scenario/environment';
import { planScenario } from '../../src/scenario/parse-scenario';
import { planHash } from '../../src/scenario/plan-hash';
import { formatProblem } from '../../src/scenario/problem';
import { decide, halt, resume } from '../../workflows/messages';
import { fakeCatalogue } from '../fakes/catalogue';
import { aPlan, anInjectStep, aSurvey } from '../fakes/plan';
import { goldenEnvironment } from '../scenario/golden/environment';
import { soundScenario } from '../scenario/golden/table';
import { openEnvironment } from '../workflows/virtual-orchestrator';
import { anApprovalPlan } from '../workflows/world';
import type { World, WorldOptions } from '../workflows/world';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import { calmTools, sealKey } from './calm-tools';
import { NoopHome } from './noop-home';

const aWorld = worldsOfThisFile();
type Change = NonNullable<WorldOptions['fakes']>;
const maria = { name: 'maria', groups: ['sre'] };
const olga = { name: 'olga', groups: ['sre'] };

async function expectRefused(world: World, reason: RegExp, over: { plan?: Plan; planHash?: string } = {}) {
  const { verdict } = await world.runToEnd(over);
  expect(verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(verdict.reasons.join()).toMatch(reason);
  expect(exitCodes[verdict.verdict]).toBe(3);
  expect(world.target.count('injected')).toBe(0);
  expect(world.target.traces()).toEqual([]);
}

/** The real checks of preflight over tools that a case makes worse. */
const checking = (over: Partial<Tools>): Change => {
  const { checkPreflight } = controlActivities(calmTools(over));
  return () => ({ checkPreflight });
};
const surveying =
  (over: Partial<Parameters<typeof aSurvey>[0]>): Change =>
  () => ({ surveyTargets: async () => ({ surveys: [aSurvey(over)], targetsHash: 'targets-1' }) });
const two = ['a', 'b'].map((name) => ({ identity: name, lockKey: name, description: name, facts: null }));
const hashed = { planHash: planHash(aPlan()) };
const noopPlan = aPlan({ steps: [anInjectStep({ fault: 'noop/nothing' })] });

test.each<[string, RegExp, Change, { plan?: Plan; planHash?: string }]>([
  ['its plan is not the one that was hashed', /the plan's hash is/, checking({}), { planHash: 'another' }],
  [
    'nobody could carry it out',
    /no worker polls/,
    checking({ orchestrator: { ...calmTools().orchestrator, hasPoller: async () => false } }),
    hashed,
  ],
  [
    'nobody would end it when we are gone',
    /no sentinel answers/,
    checking({ sentinelTrouble: async () => 'no sentinel answers for demo' }),
    { plan: noopPlan, planHash: planHash(noopPlan) },
  ],
  ['a target is not opted in', /not opted in/, surveying({ refusals: ['charge is not opted in'] }), {}],
  ['no target was found', /selects none/, surveying({ targets: [] }), {}],
  ['it would meet too much traffic', /41 %.*at most 40 %/, surveying({ trafficPercent: 41 }), {}],
  ['it would harm too many targets', /2 targets.*at most 1/, surveying({ targets: two }), {}],
])('nothing is harmed when %s', async (_why, reason, fakes, over) => {
  await expectRefused(aWorld({ fakes }), reason, over);
});

test('an author cannot raise what the environment limits', () => {
  const parsed = parseEnvironment(goldenEnvironment, 'demo.yaml', fakeCatalogue);
  const environments = parsed.isValid ? [parsed.value] : [];
  const problemsOf = (text: string): string => {
    const planned = planScenario(text, 'a.yaml', { catalogue: fakeCatalogue, environments });
    return planned.isValid ? '' : planned.problems.map(formatProblem).join();
  };
  expect(problemsOf(soundScenario)).toBe('');
  expect(problemsOf(`${soundScenario}blastRadius: { targetsMax: 3 }\n`)).toMatch(/at most 2.*found 3/);
  expect(problemsOf(`${soundScenario}blastRadius: { trafficPercentMax: 51 }\n`)).toMatch(/at most 50.*found 51/);
  expect(problemsOf(soundScenario.replace('for: 60s', 'for: 11m'))).toMatch(/at most 10m.*found 11m/);
});

test('a real driver refuses what nobody opted in', async () => {
  const home = new NoopHome();
  const step = { target: { name: 'anything' }, params: {} };
  expect((await nothing.survey(step, home.tools())).refusals).toEqual([]);
  expect((await nothing.survey(step, home.tools({ optedIn: [] }))).refusals.join()).toMatch(/not opted in/);
  home.remove();
});

const ending =
  (purpose: 'baseline', end: 'not-held', reason: string): Change =>
  (calm) => ({
    observe: async (input, attempt) => {
      const seen = await calm.observe(input, attempt);
      return input.purpose === purpose ? { ...seen, end, reasons: [reason] } : seen;
    },
  });

test.each<[string, RegExp, Change]>([
  ['is not there', /success-rate was 0.4/, ending('baseline', 'not-held', 'success-rate was 0.4')],
  ['is unknown', /steady state is unknown/, ending('baseline', 'not-held', 'steady state is unknown: no-data')],
  [
    'was there a while ago',
    /last seen 6\d s ago/,
    (calm) => ({
      observe: async (input, attempt) => {
        const seen = await calm.observe(input, attempt);
        const endedAt = new Date(attempt.nowMs - 61_000).toISOString();
        return input.purpose === 'baseline' ? { ...seen, endedAt } : seen;
      },
    }),
  ],
])('nothing is harmed when steady state %s', async (_why, reason, fakes) => {
  await expectRefused(aWorld({ fakes }), reason);
});

test('nothing is harmed while nobody watches', async () => {
  const world = aWorld();
  world.observer.isBlind = true;
  await expectRefused(world, /no observer was watching/);
});

test('nothing is harmed when a blocker is up at the last moment', async () => {
  const admission = { isAdmitted: false, isHalted: false, reason: 'blocker deployment is running' } as const;
  await expectRefused(aWorld({ fakes: () => ({ admitInjection: async () => admission }) }), /deployment is running/);
});

test('nothing is harmed in an environment that is halted, until a person resumes it', async () => {
  const world = aWorld();
  await openEnvironment(world.temporal, 'demo');
  const message = { environment: 'demo', halt: { by: olga, reason: 'incident', at: '2026-05-12T09:00:00.000Z' } };
  world.temporal.signal(workflowId.environment('demo'), halt, message);
  await expectRefused(world, /demo is halted .* by olga \(incident\)/);
  world.temporal.signal(workflowId.environment('demo'), resume, { by: olga });
  expect((await world.runToEnd({ experimentId: 'e2' })).verdict.verdict).toBe('passed');
});

test('nothing is harmed when the environment is halted after preflight', async () => {
  const world = aWorld();
  await world.start();
  await world.untilPhase('baseline');
  const stopped = { by: olga, reason: 'incident', at: '2026-05-12T09:00:00.000Z' };
  world.temporal.signal(workflowId.environment('demo'), halt, { environment: 'demo', halt: stopped });
  expect((await world.result()).verdict).toMatchObject({ verdict: 'aborted', rule: 2 });
  expect(world.target.log).toEqual([]);
});

test('a target, and an environment, take one experiment at a time and name the holder', async () => {
  const world = aWorld();
  await world.start();
  await world.untilInjected();
  await expectSecondRefused(world, aPlan(), /is held by e1/);
  const { environment } = aPlan();
  const limits = { ...environment.limits, concurrentExperimentsMax: 2, concurrentInjectionsMax: 2 };
  const roomy = aPlan({ environment: { ...environment, limits } });
  await expectSecondRefused(world, roomy, /sdk:payment is held by e1/);
  expect(world.target.count('injected')).toBe(1);
});

async function expectSecondRefused(world: World, plan: Plan, reason: RegExp): Promise<void> {
  const experimentId = `e-${plan.environment.limits.concurrentExperimentsMax}`;
  const { verdict } = await world.runToEnd({ experimentId, plan });
  expect(verdict).toMatchObject({ verdict: 'refused', reasons: [expect.stringMatching(reason)] });
}

describe('a plan that asks people', () => {
  const approvalWorld = async (change: Change = () => ({})): Promise<World> => {
    const { openSeal } = controlActivities(calmTools());
    const world = aWorld({ fakes: (calm, target) => ({ openSeal, ...change(calm, target) }) });
    await world.start({ plan: anApprovalPlan() });
    await world.untilPhase('approval');
    return world;
  };
  const decision = (over: Partial<Decision>): Decision => ({
    ...{ decision: 'approved', by: olga, planHash: 'plan-1', targetsHash: 'targets-1', reason: 'looked at it' },
    ...over,
  });
  const send = async (world: World, one: Decision, seal = sealDecision(sealKey, 'e1', one)): Promise<unknown> => {
    const answer = world.temporal.update(workflowId.experiment('e1'), decide, { decision: one, seal });
    const [settled] = await Promise.all([Promise.allSettled([answer]), world.temporal.advance(30_000)]);
    return settled[0].status === 'rejected' ? settled[0].reason : 'accepted';
  };

  test('runs when somebody else approves exactly it', async () => {
    const world = await approvalWorld();
    expect(await send(world, decision({}))).toBe('accepted');
    expect((await world.result()).verdict.verdict).toBe('passed');
  });

  test.each<[string, Decision, string | undefined]>([
    ['whoever started it', decision({ by: maria }), undefined],
    ['the wrong group', decision({ by: { name: 'otto', groups: ['dev'] } }), undefined],
    ['somebody who looked at another plan', decision({ planHash: 'plan-0' }), undefined],
    ['somebody who looked at other targets', decision({ targetsHash: 'targets-0' }), undefined],
    ['somebody who did not come through the API', decision({}), 'forged'],
  ])('harms nothing when the only consent is of %s', async (_who, one, seal) => {
    const world = await approvalWorld();
    expect(await send(world, one, seal)).toBeInstanceOf(Error);
    const { verdict } = await world.result();
    expect(verdict).toMatchObject({ verdict: 'refused', reasons: [expect.stringMatching(/approval expired/)] });
    expect(world.target.log).toEqual([]);
  });

  test('harms nothing when somebody says no', async () => {
    const world = await approvalWorld();
    expect(await send(world, decision({ decision: 'rejected', reason: 'not today' }))).toBe('accepted');
    const { verdict } = await world.result();
    expect(verdict).toMatchObject({ verdict: 'refused', reasons: ['rejected by olga: not today'] });
    expect(world.target.log).toEqual([]);
  });

  test('harms nothing when its targets changed after they were approved', async () => {
    let surveys = 0;
    const world = await approvalWorld((calm) => ({
      surveyTargets: async (input, attempt) => {
        const found = await calm.surveyTargets(input, attempt);
        return { ...found, targetsHash: `targets-${(surveys += 1)}` };
      },
    }));
    expect(await send(world, decision({}))).toBe('accepted');
    const { verdict } = await world.result();
    expect(verdict).toMatchObject({ verdict: 'refused', reasons: [expect.stringMatching(/targets changed/)] });
    expect(world.target.log).toEqual([]);
  });
});
