import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { eventually } from '../contract/eventually';
import { holdStore } from '../harness/hold-store';
import { RunningUp } from '../harness/running-up';
import { documentOf, startRun } from '../harness/run-process';
import { paymentErrors, shortScenario } from '../harness/short-scenario';
import { Workplace, type Ended } from '../harness/workplace';

jest.setTimeout(120_000);

let workplace: Workplace;
let up: RunningUp;
const said: string[] = [];
const file = 'scenarios/kept.yaml';

beforeAll(async () => {
  workplace = await Workplace.open();
  writeFileSync(join(workplace.dir, file), shortScenario({ name: 'kept', inject: paymentErrors('6s') }));
  up = await RunningUp.start(workplace);
});

afterAll(async () => {
  await up.stop();
  await workplace.close();
});

async function untilPhase(id: string, phases: string[]): Promise<void> {
  const answer = z.object({ progress: z.object({ phase: z.string() }) });
  await eventually(`${id} is in ${phases.join(' or ')}`, 40_000, async () => {
    const { data } = answer.safeParse((await up.ask('GET', `/experiments/${id}`)).body);
    return data !== undefined && phases.includes(data.progress.phase);
  });
}

const judgement = z.object({
  decided: z.object({ verdict: z.string(), reasons: z.array(z.string()) }),
  isSame: z.boolean(),
  mismatches: z.array(z.string()),
  gaps: z.array(z.string()),
});

async function judge(id: string): Promise<z.infer<typeof judgement>> {
  const ended = await workplace.run(['judge', id, '--json']);
  said.push(ended.stdout, ended.stderr);
  return judgement.parse(JSON.parse(ended.stdout));
}

const report = z.object({ series: z.array(z.object({ signal: z.string(), readings: z.array(z.unknown()) })) });

/** How many readings of each signal the report holds. */
async function readingsOf(id: string): Promise<Record<string, number>> {
  const { stdout } = await workplace.run(['report', id, '--format', 'json']);
  said.push(stdout);
  return Object.fromEntries(
    report.parse(JSON.parse(stdout)).series.map(({ signal, readings }) => [signal, readings.length]),
  );
}

const timed = z.object({ timings: z.object({ rollbackMs: z.number() }) });

function rollbackMs(ended: Ended): number {
  return timed.parse(JSON.parse(ended.stdout)).timings.rollbackMs;
}

test('a store that is away from baseline to recovery changes neither verdict nor series, and delays no rollback', async () => {
  const usual = await (await startRun(workplace, [file])).run.ended;
  const { run, experimentId } = await startRun(workplace, [file]);
  await untilPhase(experimentId, ['baseline']);
  const giveBack = await holdStore(workplace);
  await untilPhase(experimentId, ['recovery', 'verdict']);
  await giveBack();
  const away = await run.ended;
  said.push(usual.stdout, usual.stderr, away.stdout, away.stderr);

  const [before, after] = [documentOf(usual), documentOf(away)];
  expect([before.verdict, usual.code, after.verdict, away.code]).toEqual(['passed', 0, 'passed', 0]);
  expect(rollbackMs(away)).toBeLessThan(rollbackMs(usual) + 2_000);

  for (const { experimentId: id } of [before, after])
    expect(await judge(id)).toMatchObject({ decided: { verdict: 'passed' }, isSame: true, mismatches: [], gaps: [] });
  const [usually, nevertheless] = [await readingsOf(before.experimentId), await readingsOf(after.experimentId)];
  expect(Object.keys(nevertheless)).toEqual(Object.keys(usually));
  // Two readings a second for two seconds, six seconds and recovery; a busy machine makes a few of them late.
  expect(usually['success-rate']).toBeGreaterThan(12);
  expect(nevertheless['success-rate']).toBeGreaterThan(12);
});

test('when nothing runs, judge and report answer from the file alone, and no secret is anywhere', async () => {
  const ended = await workplace.run(['run', file, '--json']);
  const { experimentId } = documentOf(ended);
  const running = await judge(experimentId);
  const stopped = await up.process.end('SIGINT');
  said.push(ended.stdout, ended.stderr, stopped.stdout, stopped.stderr);

  expect(await judge(experimentId)).toEqual(running);
  const html = await workplace.run(['report', experimentId]);
  expect(html).toMatchObject({ code: 0, stdout: expect.stringContaining('<svg') });
  said.push(html.stdout);
  await readingsOf(experimentId);
  expectNoSecret();
});

/** Looks for what must stay secret in all that was said and in every file but the ones that are meant to hold it. */
function expectNoSecret(): void {
  const state = join(workplace.dir, '.gameday');
  const secrets = {
    'the control token': workplace.shop.controlToken.trim(),
    'the API token': readFileSync(join(state, 'token'), 'utf8').trim(),
    'the seal key': readFileSync(join(state, 'seal.key'), 'utf8').trim(),
  };
  const mayHold = ['token', 'seal.key'];
  const names = readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(state, 'shop')) && !mayHold.includes(path.slice(state.length + 1)));
  expect(names.map((path) => path.slice(state.length + 1))).toEqual(
    expect.arrayContaining(['evidence.db', 'temporal.db', 'temporal.log', 'sentinel.log', 'people.json']),
  );
  const places = [
    ...names.map((path) => ({ place: path, content: readFileSync(path) })),
    ...said.map((text, index) => ({ place: `words ${index}`, content: Buffer.from(text) })),
  ];
  const found = Object.entries(secrets).flatMap(([name, secret]) =>
    places.filter(({ content }) => content.includes(secret)).map(({ place }) => `${name} in ${place}`),
  );
  expect(found).toEqual([]);
}
