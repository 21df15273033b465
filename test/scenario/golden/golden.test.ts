import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import expected from './expected.json';
import { goldenEnvironment } from './environment';
import { brokenTexts, mistakes, soundScenario } from './table';

const run = promisify(execFile);
const child = join(__dirname, 'validate-child.cjs');
const lines: Record<string, string[]> = expected;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gameday-golden-'));
  mkdirSync(join(folder, 'environments'));
  mkdirSync(join(folder, 'directory.yaml'));
  writeFileSync(join(folder, 'environments', 'demo.yaml'), goldenEnvironment);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  problems: string[];
  maxRssKb: number;
}

/** Runs the real validation in a process with a bounded heap; one that loops or dies rejects. */
async function validate(...names: string[]): Promise<Answer> {
  const paths = names.map((name) => join(folder, name));
  const args = ['--max-old-space-size=200', child, join(folder, 'environments'), ...paths];
  const { stdout, stderr } = await run(process.execPath, args, { timeout: 30_000, maxBuffer: 1 << 24 });
  expect(stderr).toBe('');
  const answer: Answer = JSON.parse(stdout);
  return { ...answer, problems: answer.problems.map((line) => line.replaceAll(`${folder}/`, '')) };
}

test.each(brokenTexts)('the text $name is answered with its place and reason', async ({ name, content }) => {
  writeFileSync(join(folder, `${name}.yaml`), content);
  const { problems, maxRssKb } = await validate(`${name}.yaml`);
  expect(problems).toEqual(lines[name]);
  expect(problems.length).toBeGreaterThan(0);
  expect(maxRssKb).toBeLessThan(300 * 1024);
});

describe('a scenario with a mistake in it', () => {
  let told: string[] = [];

  beforeAll(async () => {
    for (const { name, content } of mistakes) writeFileSync(join(folder, `${name}.yaml`), content);
    told = (await validate(...mistakes.map(({ name }) => `${name}.yaml`))).problems;
  });

  test.each(mistakes)('$name is answered with its place and reason', ({ name }) => {
    const problems = told.filter((line) => line.startsWith(`${name}.yaml:`));
    expect(problems).toEqual(lines[name]);
    expect(problems.length).toBeGreaterThan(0);
  });
});

test.each(['directory', 'missing'])('the path %s.yaml that leads to no file is answered', async (name) => {
  const { problems } = await validate(`${name}.yaml`);
  expect(problems).toEqual(lines[name]);
});

test('a sound scenario and its environment have no problem', async () => {
  writeFileSync(join(folder, 'sound.yaml'), soundScenario);
  expect((await validate('sound.yaml', 'environments/demo.yaml')).problems).toEqual([]);
});

test('the problems of all files are told at once', async () => {
  writeFileSync(join(folder, 'one.yaml'), soundScenario.replace('60s', '60'));
  writeFileSync(join(folder, 'two.yaml'), soundScenario.replace('kind: experiment', 'kind: trial'));
  const { problems } = await validate('one.yaml', 'two.yaml', 'missing.yaml');
  expect(problems.map((line) => line.split(':')[0])).toEqual(['missing.yaml', 'one.yaml', 'two.yaml']);
});

describe('an environment file among the given ones', () => {
  const own = goldenEnvironment.replace('trafficPercentMax: 50', 'trafficPercentMax: 10');

  beforeEach(() => {
    mkdirSync(join(folder, 'own'), { recursive: true });
    writeFileSync(join(folder, 'sound.yaml'), soundScenario);
  });

  test('counts in the place of the one of its name in the folder', async () => {
    writeFileSync(join(folder, 'own', 'demo.yaml'), own);
    const { problems } = await validate('sound.yaml', 'own/demo.yaml');
    expect(problems).toEqual([expect.stringMatching(/^sound\.yaml:16:35: .* at most 10, .* found 40/)]);
  });

  test('is found although the folder does not have it', async () => {
    writeFileSync(join(folder, 'own', 'other.yaml'), goldenEnvironment.replace('name: demo', 'name: other'));
    writeFileSync(join(folder, 'elsewhere.yaml'), soundScenario.replace('environment: demo', 'environment: other'));
    expect((await validate('elsewhere.yaml', 'own/other.yaml')).problems).toEqual([]);
  });

  test('has its problems told once, and not as if it were missing', async () => {
    writeFileSync(join(folder, 'own', 'other.yaml'), 'kind: environment\nname: other\nlimts: {}\n');
    writeFileSync(join(folder, 'elsewhere.yaml'), soundScenario.replace('environment: demo', 'environment: other'));
    const { problems } = await validate('elsewhere.yaml', 'own/other.yaml');
    expect(problems).toEqual([expect.stringMatching(/^own\/other\.yaml:3:1: limts: .*did you mean "limits"/)]);
  });
});
