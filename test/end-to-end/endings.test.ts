import { endBoth, startCourse, type Course, type EndedCourse } from './rig/course';
import type { ApiClient } from './rig/api-client';
import { recordHistories } from './rig/record-histories';
import { openRig, type Rig } from './rig/rig';
import type { ScenarioOptions } from './rig/scenario';
import type { Side } from './rig/side';

let rig: Rig;
let approver: ApiClient;
beforeAll(async () => {
  rig = await openRig();
  approver = await rig.addPerson('grace', 'sre');
}, 120_000);
afterAll(() => rig.close());

function sdkSide(): Side {
  const side = rig.sides.find(({ name }) => name === 'sdk');
  if (!side) throw new Error('there is no side sdk');
  return side;
}

/** Runs one to its end, with whatever is done to it on the way, and keeps its histories. */
async function run(
  name: string,
  options: ScenarioOptions,
  during?: (course: Course) => Promise<unknown>,
): Promise<EndedCourse> {
  const course = await startCourse(rig, sdkSide(), options);
  await during?.(course);
  const [ended] = await endBoth(rig, [course], 60_000);
  if (!ended) throw new Error('nothing ended');
  const ids = ended.ended.evidence.injections.map(({ lockKey }) => `injection:${lockKey}`);
  await recordHistories(rig, name, [`experiment:${course.experimentId}`, ...ids]);
  expect(ended.tower.now).toEqual([]);
  return ended;
}

/** Decides on exactly what is asked. */
function decide(verb: 'approve' | 'reject') {
  return async ({ experimentId }: Course): Promise<unknown> => {
    await rig.api.untilPhase(experimentId, 'approval');
    const question = (await rig.api.show(experimentId))?.progress?.question;
    const { planHash, targetsHash } = question ?? {};
    return approver.post(`/experiments/${experimentId}/${verb}`, { planHash, targetsHash, reason: 'looked at it' });
  };
}

it('a hypothesis that does not hold ends failed, early', async () => {
  const { ended, tower } = await run('failed', { hold: '60s', path: '/charge' });
  expect(ended.verdict).toMatchObject({ verdict: 'failed', rule: 3 });
  expect(tower.goneAtMs - Date.parse(ended.evidence.injections[0]?.injectedAt ?? '')).toBeLessThan(20_000);
}, 120_000);

it('a fault that nothing meets ends inconclusive', async () => {
  const { ended } = await run('inconclusive', { hold: '4s', path: '/quiet' });
  expect(ended.verdict).toMatchObject({ verdict: 'inconclusive', rule: 6 });
}, 120_000);

it('an approved experiment with two steps and a pause runs', async () => {
  const { ended, tower } = await run(
    'approved',
    { hold: '4s', isRepeated: true, approvalFrom: 'sre' },
    decide('approve'),
  );
  expect(ended.verdict).toMatchObject({ verdict: 'passed', rule: 7 });
  expect(ended.evidence.decisions).toMatchObject([{ decision: 'approved', by: { name: 'grace' } }]);
  expect(tower.appearances).toBe(2);
}, 120_000);

it('a rejected experiment injects nothing', async () => {
  const { ended, tower } = await run('rejected', { hold: '4s', approvalFrom: 'sre' }, decide('reject'));
  expect(ended.verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(tower.appearances).toBe(0);
}, 120_000);

it('a question that nobody answers expires and injects nothing', async () => {
  const { ended, tower } = await run('expired', { hold: '4s', approvalFrom: 'sre', approvalExpiresIn: '3s' });
  expect(ended.verdict).toMatchObject({ verdict: 'refused', rule: 2 });
  expect(ended.verdict.reasons.join()).toMatch(/expired after 3 s/);
  expect(tower.appearances).toBe(0);
}, 120_000);
