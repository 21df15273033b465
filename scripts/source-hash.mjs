import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectDir } from './run-command.mjs';

const FOLDERS = ['src', 'workflows', 'activities', 'sdk/src', 'examples/shop/src'];
const FILES = [
  ...['package-lock.json', 'tsconfig.json', 'sdk/tsconfig.json', 'examples/shop/tsconfig.json'],
  ...[
    'sdk/package.json',
    'examples/shop/package.json',
    'scripts/build-packages.mjs',
    'scripts/build-workflow-bundle.mjs',
  ],
];

async function filesBelow(folder) {
  const entries = await readdir(join(projectDir, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.map((path) => path.slice(projectDir.length));
}

/** Everything that the build reads: its files, and a hash that changes with any of their names or contents. */
export async function hashSources() {
  const below = (await Promise.all(FOLDERS.map(filesBelow))).flat();
  const files = [...FILES, ...below].sort();
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of files)
    hash.update(`${file}\0`).update(await readFile(join(projectDir, file)).catch(() => 'missing'));
  return { files, hash: hash.digest('hex') };
}
