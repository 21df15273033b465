import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { eventually } from '../../contract/eventually';
import { documentOf, startRun } from '../../harness/run-process';
import { RunningUp } from '../../harness/running-up';
import { server } from '../../harness/servers';
import { paymentErrors, shortScenario } from '../../harness/short-scenario';
import { Workplace } from '../../harness/workplace';
import { cuttableProxy, type CuttableProxy } from './cuttable-proxy';
import { freshDatabase, type FreshDatabase } from './fresh-database';

jest.setTimeout(180_000);

const file = 'scenarios/kept.yaml';
const said: string[] = [];
let database: FreshDatabase;
let proxy: CuttableProxy;
let workplace: Workplace;
let up: RunningUp;
let env: { DATABASE_URL: string };

beforeAll(async () => {
  database = await freshDatabase();
  proxy = await cuttableProxy((await server('postgres')).port);
  const through = new URL(database.url);
  through.port = String(proxy.port);
  env = { DATABASE_URL: through.href };
  workplace = await Workplace.open();
  writeFileSync(join(workplace.dir, file), shortScenario({ name: 'kept', inject: paymentErrors('6s') }));
  up = await RunningUp.start(workplace, [], env);
});

afterAll(async () => {
  await up.stop();
  await workplace.close();
  await proxy.close();
  await database.drop();
});

async function untilPhase(id: string, phases: string[]): Promise<void> {
  const answer = z.object({ progress: z.object({ phase: z.string() }) });
  await eventually(`${id} is in ${phases.join(' or ')}`, 60_000, async () => {
    const { data } = answer.safeParse((await up.ask('GET', `/experiments/${id}`)).body);
    return data !== undefined && phases.includes(data.progress.phase);
  });
}

const judgement = z.object({
  decided: z.object({ verdict: z.string() }),
  isSame: z.boolean(),
  mismatches: z.array(z.string()),
  gaps: z.array(z.string()),
});

async function judge(id: string): Promise<z.infer<typeof judgement>> {
  const ended = await workplace.run(['judge', id, '--json'], env);
  said.push(ended.stdout, ended.stderr);
  return judgement.parse(JSON.parse(ended.stdout));
}

const rowsOf = (id: string) =>
  database.ask(`select signal, sum(json_array_length(readings::json))::int as readings, count(*)::int as chunks
    from chunk where "experimentId" = '${id}' group by signal order by signal`);

async function runOnce(disturb: (id: string) => Promise<void>) {
  const { run, experimentId } = await startRun(workplace, [file], env);
  await disturb(experimentId);
  const ended = await run.ended;
  said.push(ended.stdout, ended.stderr);
  return { experimentId, code: ended.code, document: documentOf(ended), rows: await rowsOf(experimentId) };
}

const good = { decided: { verdict: 'passed' }, isSame: true, mismatches: [], gaps: [] };

test('a database that is lost in mid-run changes neither verdict nor series', async () => {
  const usual = await runOnce(() => Promise.resolve());
  const cut = await runOnce(async (id) => {
    await untilPhase(id, ['baseline']);
    await proxy.cut();
    await untilPhase(id, ['recovery', 'verdict']);
    await proxy.mend();
  });
  const ended = await runOnce(async (id) => {
    for (const phase of ['baseline', 'steps']) {
      await untilPhase(id, [phase]);
      await database.ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database.name}' and pid <> pg_backend_pid()`,
      );
    }
  });

  for (const { document, code, experimentId, rows } of [usual, cut, ended]) {
    expect([document.verdict, code]).toEqual(['passed', 0]);
    expect(await judge(experimentId)).toMatchObject(good);
    expect(rows.map(({ signal }) => signal)).toEqual(usual.rows.map(({ signal }) => signal));
    // Two readings a second for two seconds, six seconds and recovery; a busy machine makes a few of them late.
    expect(rows[0]?.['readings']).toBeGreaterThan(12);
  }
});

test('everything is in the database, nothing in a file, and the password is nowhere', async () => {
  const doctor = await workplace.run(['doctor'], env);
  expect(doctor.stdout).toMatch(
    new RegExp(`store +.*postgres://127\\.0\\.0\\.1:${proxy.port}/${database.name} \\(DATABASE_URL\\)`),
  );
  const stopped = await up.process.end('SIGINT');
  said.push(doctor.stdout, doctor.stderr, stopped.stdout, stopped.stderr);
  const [newest] = await database.ask('select "experimentId" as id from experiment order by "startedAt" desc limit 1');

  expect(await judge(String(newest?.['id']))).toMatchObject(good);
  const state = join(workplace.dir, '.gameday');
  expect(existsSync(join(state, 'evidence.db'))).toBe(false);
  const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect([...texts, ...said].filter((text) => text.includes(database.password))).toEqual([]);
});

test('doctor says what is wrong when the database is away, and no password', async () => {
  await proxy.cut();
  const doctor = await workplace.run(['doctor'], env);

  expect(doctor.stdout + doctor.stderr).toMatch(/store .*nothing answers there/);
  expect(doctor.stdout + doctor.stderr).not.toContain(database.password);
});
