import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

const projectDir = join(__dirname, '..', '..');

interface Message {
  rule: string | null;
  message: string;
}

// The code is linted as if it stood in a file of that folder (or as that file).
interface Case {
  title: string;
  folder: string;
  code: string;
  rule: string;
  says: RegExp;
}

const direction = (title: string, folder: string, source: string, says: RegExp): Case => ({
  ...{ title, folder, says, rule: 'gameday/import-direction' },
  code: `import { something } from '${source}';\nexport const used = something;\n`,
});

const functionOf = (lines: number): string => `export function long(): void {\n${'  void 0;\n'.repeat(lines)}}\n`;

const OFFENDING: Case[] = [
  direction('the domain imports a package', 'src/domain', 'yaml', /imports nothing but itself/),
  direction('the domain imports zod as a value', 'src/domain', 'zod', /imports nothing but itself/),
  direction('the domain imports another folder', 'src/domain', '../judge/spread', /imports nothing but itself/),
  direction(
    'a workflow imports an activity',
    'workflows',
    '../activities/index',
    /Use an activity, imported as a type/,
  ),
  direction('a workflow imports zod', 'workflows', 'zod', /replayed in an isolate/),
  direction('a workflow imports Node', 'workflows', 'node:fs', /replayed in an isolate/),
  direction(
    'an activity imports a workflow',
    'activities',
    '../workflows/messages',
    /roll back with nothing but its injection/,
  ),
  direction('an activity imports the API', 'activities', '../src/api/api', /roll back with nothing but its injection/),
  direction('an activity imports the store', 'activities', 'kysely', /roll back with nothing but its injection/),
  direction('the scenario reader imports a file system', 'src/scenario', 'node:fs', /the same answer anywhere/),
  direction('the judge imports the store', 'src/judge', '../store/store', /follows from evidence alone/),
  direction('a report imports a server', 'src/report', 'fastify', /does nothing else/),
  direction('the store imports Temporal', 'src/store', '@temporalio/client', /may be down/),
  direction(
    'the sweep imports Temporal',
    'src/sweep',
    '@temporalio/client',
    /while Temporal, the store and the API are down/,
  ),
  direction('the sentinel imports the client', 'src/sentinel', '../client/orchestrator', /survive everything else/),
  direction('the embedded parts import the command line', 'src/embedded', '../cli/main', /not the other way round/),
  direction('the client imports activities', 'src/client', '../../activities/index', /only carries messages/),
  direction('the API imports Temporal', 'src/api', '@temporalio/client', /through src\/client alone/),
  direction('the server imports the command line', 'src/server', '../cli/main', /not the other way round/),
  direction('the worker imports the API', 'src/worker', '../api/api', /depends on Temporal and the target alone/),
  direction('the command line imports Temporal', 'src/cli', '@temporalio/client', /talks to the API over HTTP/),
  direction('the settings import the domain', 'src/config.ts', './domain/json', /before anything else is loaded/),
  direction('the SDK imports a package', 'sdk/src', 'zod', /no dependencies at all/),
  direction('the shop imports the product', 'examples/shop/src', '../../../src/domain/json', /only through its SDK/),
  direction('production code imports a test', 'src/api', '../../test/harness/engine', /Nobody imports test/),
  {
    title: 'an environment variable is read outside src/config.ts',
    folder: 'src/embedded',
    code: 'export const home = process.env.HOME;\n',
    rule: 'no-restricted-properties',
    says: /read once, in src\/config\.ts/,
  },
  {
    title: 'a promise is left floating',
    folder: 'src/embedded',
    code: 'async function later(): Promise<void> {}\nlater();\nexport {};\n',
    rule: '@typescript-eslint/no-floating-promises',
    says: /Promises must be awaited/,
  },
  {
    title: 'a promise is passed where nobody waits for it, as to a validator',
    folder: 'src/embedded',
    code: 'declare function validate(validator: () => void): void;\nvalidate(async () => {});\nexport {};\n',
    rule: '@typescript-eslint/no-misused-promises',
    says: /Promise returned/,
  },
  {
    title: 'a value is typed any',
    folder: 'src/embedded',
    code: 'export const value: any = 1;\n',
    rule: '@typescript-eslint/no-explicit-any',
    says: /Unexpected any/,
  },
  {
    title: 'a type is imported as if it were a value',
    folder: 'src/embedded',
    code: "import { Server } from 'node:net';\nexport type Ours = Server;\n",
    rule: '@typescript-eslint/consistent-type-imports',
    says: /Use `import type`/,
  },
  {
    title: 'the compiler is told to look away',
    folder: 'src/embedded',
    code: "// @ts-expect-error because\nexport const value: number = 'one';\n",
    rule: '@typescript-eslint/ban-ts-comment',
    says: /Do not use "@ts-expect-error"/,
  },
  {
    title: 'a file is longer than 300 lines',
    folder: 'src/embedded',
    code: `${'// line\n'.repeat(301)}export {};\n`,
    rule: 'max-lines',
    says: /Maximum allowed is 300/,
  },
  {
    title: 'a function is longer than 70 lines',
    folder: 'src/embedded',
    code: functionOf(70),
    rule: 'max-lines-per-function',
    says: /Maximum allowed is 70/,
  },
];

const typeImport = (source: string): string =>
  `import type { Something } from '${source}';\nexport type Used = Something;\n`;
const valueImport = (source: string): string =>
  `import { something } from '${source}';\nexport const used = something;\n`;

const ALLOWED: { title: string; folder: string; code: string }[] = [
  { title: 'the domain imports itself', folder: 'src/domain', code: valueImport('./phase') },
  {
    title: 'a workflow imports an activity as a type',
    folder: 'workflows',
    code: typeImport('../activities/index'),
  },
  { title: 'a workflow imports the domain', folder: 'workflows', code: valueImport('../src/domain/phase') },
  { title: 'a driver imports an outside SDK', folder: 'activities', code: valueImport('json-p3') },
  { title: 'a driver imports the domain', folder: 'activities', code: valueImport('../src/domain/phase') },
  { title: 'the sweep imports drivers', folder: 'src/sweep', code: valueImport('../../activities/index') },
  {
    title: 'the command line imports a type of Temporal',
    folder: 'src/cli',
    code: typeImport('@temporalio/client'),
  },
  {
    title: 'the command line loads Temporal when it needs it',
    folder: 'src/cli',
    code: "export const load = () => import('@temporalio/client');\n",
  },
  {
    title: 'a test imports what it tests',
    folder: 'test/embedded',
    code: valueImport('../../src/api/api'),
  },
  { title: 'a function has 70 lines', folder: 'src/embedded', code: functionOf(68) },
];

// The rules with types need a file that the compiler knows; its text is replaced by the code.
function fileIn(folder: string): string {
  const path = join(projectDir, folder);
  if (path.endsWith('.ts')) return path;
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((entry) => entry.endsWith('.ts'));
  const [name] = names.sort((first, second) => first.split(sep).length - second.split(sep).length);
  if (name === undefined) throw new Error(`${folder} has no file of its own that a snippet could stand in for.`);
  return join(path, name);
}

function lint(cases: readonly { folder: string; code: string }[]): Message[][] {
  const script = join(__dirname, 'lint-snippets.mjs');
  const input = JSON.stringify(cases.map(({ folder, code }) => ({ file: fileIn(folder), code })));
  // In CI the linter would take each file from the disk once and for all, and never see the snippet in its place.
  const env = { ...process.env, TSESTREE_SINGLE_RUN: 'false' };
  const options = { input, env, encoding: 'utf8' } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, projectDir], options);
  if (status !== 0) throw new Error(`The snippets could not be linted: ${stderr}`);
  return JSON.parse(stdout) as Message[][];
}

describe('lint', () => {
  let answers: Message[][] = [];
  beforeAll(() => {
    answers = lint([...OFFENDING, ...ALLOWED]);
  }, 180_000);

  it.each(OFFENDING.map((one, index) => ({ ...one, index })))('objects when $title', ({ index, rule, says }) => {
    const found = (answers[index] ?? []).filter((message) => message.rule === rule);
    expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
  });

  const RULES = ['gameday/import-direction', 'max-lines-per-function', null];
  it.each(ALLOWED.map((one, index) => ({ ...one, index })))('has nothing to say when $title', ({ index }) => {
    const messages = answers[OFFENDING.length + index] ?? [];
    expect(messages.filter(({ rule }) => RULES.includes(rule))).toEqual([]);
  });
});
