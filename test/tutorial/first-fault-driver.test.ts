import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectCopy } from '../mutants/project-copy';
import { tutorialBlocks, type TutorialBlock } from './tutorial-blocks';

const folder = mkdtempSync(join(tmpdir(), 'gameday-tutorial-'));
const blocks = tutorialBlocks();

beforeAll(() => void new ProjectCopy(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tutorial copies the no-op driver first and proves its driver with the contract suite', () => {
  expect(blocks[0]?.text).toContain('cp -r activities/faults/noop');
  expect(blocks.some(({ text }) => text.includes('npx jest test/contract'))).toBe(true);
});

test.each(blocks)('the $language block in line $line works in a copy of the project', apply, 240_000);

test('every line of the contract was asked of the new driver', async () => {
  const { output } = await run('npx', [
    'jest',
    'test/contract/fault-drivers.test.ts',
    '-t',
    'the contract of web/maintenance',
  ]);
  expect(output.match(/✓ keeps: /g)?.length).toBe(20);
}, 120_000);

async function apply({ language, file, text }: TutorialBlock): Promise<void> {
  if (file !== undefined) return writeFileSync(join(folder, file), text);
  if (language === 'diff') return expectSuccess(await run('git', ['apply', '--whitespace=nowarn', '-'], text));
  if (language === 'sh') return expectSuccess(await run('bash', ['-e'], text));
  throw new Error(`nobody knows how to apply a block of ${language}`);
}

function expectSuccess({ code, output }: { code: number | null; output: string }): void {
  if (code !== 0) throw new Error(`ended with ${code}:\n${output}`);
}

function run(command: string, words: string[], input = ''): Promise<{ code: number | null; output: string }> {
  // Not the results file of the tests that run this one, and no repository above the copy.
  const env = {
    ...process.env,
    GAMEDAY_TEST_RESULTS: '',
    GIT_CEILING_DIRECTORIES: tmpdir(),
    NO_COLOR: '1',
    CI: 'true',
  };
  const child = spawn(command, words, { cwd: folder, env, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
