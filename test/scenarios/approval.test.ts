import { Client, Connection } from '@temporalio/client';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { decide, decideLater } from '../../workflows/messages';
import { eventually } from '../contract/eventually';
import { RunningUp } from '../harness/running-up';
import { documentOf, startRun } from '../harness/run-process';
import { seenRules } from '../harness/seen-faults';
import { nothing, shortScenario } from '../harness/short-scenario';
import { Workplace } from '../harness/workplace';

jest.setTimeout(180_000);

const scenario = 'scenarios/approved-payment-errors.yaml';
const two = 'scenarios/two-approvals.yaml';

let workplace: Workplace;
let up: RunningUp;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  workplace = await Workplace.open();
  const more = 'approval: { from: [sre], required: 2, expiresIn: 60s }';
  writeFileSync(join(workplace.dir, two), shortScenario({ name: 'two-approvals', inject: nothing('2s'), more }));
  up = await RunningUp.start(workplace);
  for (const [name, group] of people) tokens[name] = await addToken(name, group);
});

afterAll(async () => {
  await up.stop();
  await workplace.close();
});

const people = [
  ['ada', 'sre'],
  ['bob', 'dev'],
  ['cleo', 'sre'],
  ['dora', 'sre'],
] as const;

async function addToken(name: string, group: string): Promise<string> {
  const { code, stdout, stderr } = await workplace.run(['token', 'add', name, '--group', group]);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

const as = (name: string): Record<string, string> => ({ GAMEDAY_TOKEN: tokens[name] ?? '' });

interface Question {
  planHash: string;
  targetsHash: string;
}

async function questionOf(experimentId: string): Promise<Question> {
  const answer = z.object({
    progress: z.object({ question: z.object({ planHash: z.string(), targetsHash: z.string() }).optional() }),
  });
  let question: Question | undefined;
  await eventually(`${experimentId} asks`, 20_000, async () => {
    const parsed = answer.safeParse((await up.ask('GET', `/experiments/${experimentId}`)).body);
    question = parsed.data?.progress.question;
    return question !== undefined;
  });
  if (!question) throw new Error('never asked');
  return question;
}

const otherHash = 'f'.repeat(64);
const reason = 'two of us watch';

function decideOver(id: string, name: string, body: object, verb = 'approve') {
  return up.ask('POST', `/experiments/${id}/${verb}`, body, tokens[name] ?? 'none');
}

test('only the right person, on exactly this plan and these targets, lets an experiment pass', async () => {
  const { run, experimentId: id } = await startRun(workplace, [scenario], as('ada'));
  const question = await questionOf(id);
  const shown = { planHash: question.planHash, targetsHash: question.targetsHash, reason };

  expect(await decideOver(id, 'ada', shown)).toMatchObject({
    status: 409,
    body: { why: expect.stringContaining('ada started this experiment') },
  });
  expect(await decideOver(id, 'bob', shown)).toMatchObject({
    status: 409,
    body: { why: expect.stringContaining('bob is in none of the groups asked (sre)') },
  });
  expect(await decideOver(id, 'cleo', { ...shown, planHash: otherHash })).toMatchObject({
    status: 409,
    body: { why: expect.stringContaining('the decision names plan ffffffffffff') },
  });
  expect(await decideOver(id, 'cleo', { ...shown, targetsHash: otherHash })).toMatchObject({
    status: 409,
    body: { why: expect.stringContaining('the decision names targets ffffffffffff') },
  });
  for (const actor of ['by', 'actor', 'person', 'startedBy'])
    expect(await decideOver(id, 'bob', { ...shown, [actor]: { name: 'cleo', groups: ['sre'] } })).toMatchObject({
      status: 400,
    });
  expect(await decideOver(id, 'nobody', shown)).toMatchObject({ status: 401 });

  const refused = await workplace.run(['approve', id, '--reason', reason, '--yes'], as('bob'));
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('bob is in none of the groups asked') });

  const removed = await workplace.run(['token', 'remove', 'dora']);
  expect(removed.code).toBe(0);
  expect(await decideOver(id, 'dora', shown)).toMatchObject({ status: 401 });
  const turnedAway = await workplace.run(['approve', id, '--reason', reason, '--yes'], as('dora'));
  expect(turnedAway).toMatchObject({ code: 2, stderr: expect.stringContaining('belongs to nobody here') });

  expect(await seenRules(workplace)).toEqual([]);
  const approved = await workplace.run(['approve', id, '--reason', reason, '--yes', '--json'], as('cleo'));
  expect(approved.code).toBe(0);
  expect(JSON.parse(approved.stdout)).toMatchObject({ experimentId: id, decision: 'approved', ...shown });
  expect(approved.stderr).toContain('inject sdk/error');
  const again = await decideOver(id, 'cleo', { ...shown, reason: 'on second thoughts' });
  expect(again).toMatchObject({ status: 409 });

  const ended = await run.ended;
  expect({ ...documentOf(ended), code: ended.code }).toMatchObject({ verdict: 'passed', code: 0, startedBy: 'ada' });
  await expectDecisions(id, [{ decision: 'approved', by: { name: 'cleo', groups: ['sre'] }, ...shown }]);
  expect(await seenRules(workplace)).toEqual([]);
});

async function expectDecisions(id: string, decisions: object[]): Promise<void> {
  const { stdout } = await workplace.run(['report', id, '--format', 'json']);
  const { evidence } = z
    .object({ evidence: z.object({ decisions: z.array(z.record(z.string(), z.unknown())) }) })
    .parse(JSON.parse(stdout));
  expect(evidence.decisions).toHaveLength(decisions.length);
  expect(evidence.decisions).toMatchObject(decisions);
}

test('a decision sent straight to Temporal, without the seal of the API, counts for nothing', async () => {
  const { run, experimentId: id } = await startRun(workplace, [two], as('ada'));
  const question = await questionOf(id);
  const connection = await Connection.connect({ address: up.temporalAddress });
  try {
    const handle = new Client({ connection }).workflow.getHandle(`experiment:${id}`);
    const by = { name: 'cleo', groups: ['sre'] };
    const decision = { decision: 'approved', by, ...pick(question), reason } as const;
    const sent = handle.executeUpdate(decide, { args: [{ decision, seal: otherHash }] });
    const refusal = await sent.then(() => 'taken', sentencesOf);
    expect(refusal).toContain("the decision of cleo does not carry this server's seal");
    await handle.signal(decideLater, { decision, seal: otherHash });
    await handle.signal(decideLater, { decision: { ...decision, by: { ...by, name: 'eve' } }, seal: '' });
  } finally {
    await connection.close();
  }
  expect(await decideOver(id, 'cleo', { ...pick(question), reason: 'not like this' }, 'reject')).toMatchObject({
    status: 200,
  });
  const ended = await run.ended;
  expect({ ...documentOf(ended), code: ended.code }).toMatchObject({ verdict: 'refused', code: 3 });
  await expectDecisions(id, [{ decision: 'rejected', by: { name: 'cleo' } }]);
});

/** Its own sentence and those of its causes. */
function sentencesOf(error: unknown): string {
  return error instanceof Error ? `${error.message}; ${sentencesOf(error.cause)}` : '';
}

function pick({ planHash, targetsHash }: Question): Question {
  return { planHash, targetsHash };
}

test('one person counts once, and one rejection outweighs an approval', async () => {
  const { run, experimentId: id } = await startRun(workplace, [two], as('bob'));
  const shown = { ...pick(await questionOf(id)), reason };
  expect(await decideOver(id, 'cleo', shown)).toMatchObject({ status: 200 });
  // Sent again it is the same decision, as after an answer that was lost.
  expect(await decideOver(id, 'cleo', shown)).toMatchObject({ status: 200 });
  expect(await decideOver(id, 'cleo', { ...shown, reason: 'on second thoughts' })).toMatchObject({
    status: 409,
    body: { why: expect.stringContaining('cleo has already decided') },
  });
  const rejected = await workplace.run(['reject', id, '--reason', 'not on a Friday', '--yes'], as('ada'));
  expect(rejected.code).toBe(0);
  const ended = await run.ended;
  expect({ ...documentOf(ended), code: ended.code }).toMatchObject({
    verdict: 'refused',
    code: 3,
    reasons: ['rejected by ada: not on a Friday'],
  });
  expect(await seenRules(workplace)).toEqual([]);
});

test('a question that nobody answers expires, and nothing was touched', async () => {
  const ended = await workplace.run(['run', scenario, '--var', 'expiresIn=2s', '--json'], as('bob'));
  expect(ended.code).toBe(3);
  expect(documentOf(ended)).toMatchObject({ verdict: 'refused', reasons: [expect.stringContaining('expired')] });
  expect(await seenRules(workplace)).toEqual([]);
});

test('who decided what stays in the audit, under the name of the token', async () => {
  const { stdout } = await workplace.run(['audit', '--json']);
  const { entries } = z
    .object({ entries: z.array(z.object({ by: z.string(), action: z.string() })) })
    .parse(JSON.parse(stdout));
  const acts = entries.map(({ by, action }) => `${by} ${action}`);
  expect(acts).toEqual(expect.arrayContaining(['cleo approve', 'cleo reject', 'ada reject', 'ada start']));
  // Of the two experiments that she approved, one had her decision sent twice.
  expect(acts.filter((act) => act === 'cleo approve')).toHaveLength(2);
  expect(acts).not.toContain('bob approve');
  expect(acts.some((act) => act.startsWith('eve') || act.startsWith('dora'))).toBe(false);
});

test('tokens are kept as hashes and never shown again', async () => {
  const kept = readFileSync(join(workplace.dir, '.gameday', 'people.json'), 'utf8');
  for (const token of Object.values(tokens)) expect(kept).not.toContain(token);
  const { stdout } = await workplace.run(['token', 'list']);
  expect(stdout).toMatch(/ada +sre/);
  expect(stdout).not.toContain('gameday_');
});
