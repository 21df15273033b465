import type { Decision } from '../../src/domain/approval';
import { workflowId } from '../../src/domain/workflow-id';
import { decide, decideLater, progress } from '../../workflows/messages';
import { aSurvey } from '../fakes/plan';
import { goodSeal } from './fake-activities';
import { anApprovalPlan } from './world';
import type { World } from './world';
import { worldsOfThisFile } from './worlds-of-this-file';

const aWorld = worldsOfThisFile();
const experiment = workflowId.experiment('e1');

function aDecision(over: Partial<Decision> = {}): Decision {
  const by = { name: 'olga', groups: ['sre'] };
  return { decision: 'approved', by, planHash: 'plan-1', targetsHash: 'targets-1', reason: 'go', ...over };
}

/** Asks for a decision and lets a little time run; resolves with the refusal, or undefined when it was taken. */
async function decideNow(world: World, over: Partial<Decision> = {}, seal = goodSeal): Promise<string | undefined> {
  const answer = world.temporal.update(experiment, decide, { decision: aDecision(over), seal }).then(
    () => undefined,
    (error: unknown) => deepestMessage(error),
  );
  await world.temporal.advance(1);
  return answer;
}

function deepestMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : deepestMessage(error.cause);
}

async function asking(approval = {}, options = {}): Promise<World> {
  const world = aWorld(options);
  await world.start({ plan: anApprovalPlan(approval) });
  await world.untilPhase('approval');
  return world;
}

test('waits for a person, then runs and keeps the decision', async () => {
  const world = await asking();
  expect(world.target.log).toEqual([]);
  expect(await decideNow(world)).toBeUndefined();
  const { verdict } = await world.result();
  expect(verdict.verdict).toBe('passed');
  expect(world.evidence.decisions).toMatchObject([{ by: { name: 'olga' }, decision: 'approved' }]);
});

test('takes a decision from a caller that cannot wait', async () => {
  const world = await asking();
  world.temporal.signal(experiment, decideLater, { decision: aDecision(), seal: goodSeal });
  expect((await world.result()).verdict.verdict).toBe('passed');
});

test.each([
  ['the starter', { by: { name: 'maria', groups: ['sre'] } }, /started this experiment/],
  ['a person of another group', { by: { name: 'ivan', groups: ['marketing'] } }, /none of the groups/],
  ['a decision on an old plan', { planHash: 'plan-0' }, /names plan plan-0/],
  ['a decision on other targets', { targetsHash: 'targets-0' }, /names targets targets-0/],
])('refuses %s and goes on waiting', async (_who, over, reason) => {
  const world = await asking();
  expect(await decideNow(world, over)).toMatch(reason);
  expect((await world.temporal.query(experiment, progress)).phase).toBe('approval');
  expect(world.target.log).toEqual([]);
});

test('ignores a refused decision of a caller that cannot wait', async () => {
  const world = await asking();
  const decision = aDecision({ by: { name: 'maria', groups: ['sre'] } });
  world.temporal.signal(experiment, decideLater, { decision, seal: goodSeal });
  await world.temporal.advance(60_000);
  expect((await world.temporal.query(experiment, progress)).phase).toBe('approval');
});

test.each(['decide', 'decideLater'] as const)('refuses a broken seal given to %s', async (how) => {
  const world = await asking();
  if (how === 'decide') expect(await decideNow(world, {}, 'made up')).toMatch(/seal is broken/);
  else world.temporal.signal(experiment, decideLater, { decision: aDecision(), seal: 'made up' });
  await world.temporal.advance(60_000);
  expect((await world.temporal.query(experiment, progress)).phase).toBe('approval');
});

test('needs as many people as the plan says, each of them once', async () => {
  const world = await asking({ required: 2 });
  expect(await decideNow(world)).toBeUndefined();
  expect(await decideNow(world)).toMatch(/olga has already decided/);
  expect((await world.temporal.query(experiment, progress)).phase).toBe('approval');
  expect(await decideNow(world, { by: { name: 'ivan', groups: ['sre'] } })).toBeUndefined();
  expect((await world.result()).verdict.verdict).toBe('passed');
  expect(world.evidence.decisions).toHaveLength(2);
});

test('counts one person once even when both decisions arrive together', async () => {
  const world = await asking({ required: 2 });
  const answers = await Promise.all([decideNow(world), decideNow(world)]);
  expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
  expect((await world.temporal.query(experiment, progress)).phase).toBe('approval');
});

test('is refused by one rejection, even by the starter', async () => {
  const world = await asking({ required: 2 });
  await decideNow(world);
  const by = { name: 'maria', groups: ['sre'] };
  expect(await decideNow(world, { decision: 'rejected', by, reason: 'sale today' })).toBeUndefined();
  const { verdict } = await world.result();
  expect(verdict).toEqual({ verdict: 'refused', rule: 2, reasons: ['rejected by maria: sale today'] });
  expect(world.target.log).toEqual([]);
});

test('reminds until it expires, then refuses', async () => {
  const reminders: string[] = [];
  const fakes = () => ({
    remindApprovers: async ({ expiresAt }: { expiresAt: string }) => void reminders.push(expiresAt),
  });
  const world = await asking({}, { fakes });
  const startedAtMs = world.temporal.clock.nowMs;
  const { verdict } = await world.result();
  expect(verdict.verdict).toBe('refused');
  expect(verdict.reasons.join()).toMatch(/approval expired after 1800 s/);
  expect(world.temporal.clock.nowMs - startedAtMs).toBeLessThan(1_801_000);
  expect(reminders).toHaveLength(2);
});

test('expires in time though reminders hang', async () => {
  const world = await asking(
    {},
    { fakes: () => ({ remindApprovers: (_input: unknown, attempt: { hang(): Promise<never> }) => attempt.hang() }) },
  );
  const startedAtMs = world.temporal.clock.nowMs;
  const { verdict } = await world.result();
  expect(verdict.verdict).toBe('refused');
  expect(world.temporal.clock.nowMs - startedAtMs).toBeLessThan(1_801_000 + 60_000);
});

test('refuses a decision that comes when nobody is asked any more', async () => {
  const world = await asking({}, { fakes: () => ({ storeEvidence: () => Promise.reject(new Error('away')) }) });
  await world.temporal.advance(1_801_000);
  expect(await decideNow(world)).toMatch(/nobody is asked any more/);
});

test('is void when the targets changed after they were approved', async () => {
  let surveys = 0;
  const surveyTargets = async () => ({ surveys: [aSurvey()], targetsHash: `targets-${(surveys += 1)}` });
  const world = await asking({}, { fakes: () => ({ surveyTargets }) });
  await decideNow(world);
  const { verdict } = await world.result();
  expect(verdict.verdict).toBe('refused');
  expect(verdict.reasons.join()).toMatch(/targets changed/);
  expect(world.target.log).toEqual([]);
});

test('asks nobody for a rehearsal', async () => {
  const world = aWorld();
  const { verdict } = await world.runToEnd({ plan: anApprovalPlan(), isRehearsal: true });
  expect(verdict.verdict).not.toBe('refused');
});
