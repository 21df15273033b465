import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir, runNode } from './run-command.mjs';
import { hashSources } from './source-hash.mjs';

// Each workspace is compiled on its own; the shop reads the types that the SDK's build leaves.
const CHAINS = [['.'], ['sdk', 'examples/shop']];
const STAMP = join(projectDir, 'dist', 'build-stamp.json');

async function readStamp() {
  const text = await readFile(STAMP, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

function outDirs() {
  return CHAINS.flat().map((folder) => join(projectDir, folder, 'dist'));
}

async function areOutputsThere() {
  const expected = [...outDirs(), join(projectDir, 'dist', 'workflow-bundle.js')];
  const found = await Promise.all(
    expected.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

// What a deleted source left behind would still be found by name, so the folders are emptied then.
async function dropLeftovers(before, files) {
  const known = new Set(files);
  if (before !== undefined && before.files.every((file) => known.has(file))) return;
  await Promise.all(outDirs().map((path) => rm(path, { recursive: true, force: true })));
}

async function compile(folders) {
  for (const folder of folders) {
    const args = ['-p', join(folder, 'tsconfig.json'), '--incremental'];
    // Beside the output, so that deleting the output forgets it too.
    const code = await runNode('node_modules/typescript/bin/tsc', [
      ...args,
      '--tsBuildInfoFile',
      join(folder, 'dist', 'tsconfig.tsbuildinfo'),
    ]);
    if (code !== 0) throw new Error(`Could not build ${folder}: the compiler's messages are above.`);
  }
}

/** Compiles the three packages and bundles the workflows, unless nothing has changed since that was last done. */
export async function buildPackages(log) {
  const [before, { files, hash }] = [await readStamp(), await hashSources()];
  if (before?.hash === hash && (await areOutputsThere())) return;
  log('Building ...');
  await rm(STAMP, { force: true });
  await dropLeftovers(before, files);
  await Promise.all(CHAINS.map(compile));
  const { buildWorkflowBundle } = await import('./build-workflow-bundle.mjs');
  await buildWorkflowBundle();
  await mkdir(join(projectDir, 'dist'), { recursive: true });
  await writeFile(STAMP, JSON.stringify({ hash, files }));
}
