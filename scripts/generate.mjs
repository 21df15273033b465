import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectDir } from './run-command.mjs';
import { setUp } from './set-up.mjs';

const GENERATORS = join(projectDir, 'scripts', 'generators');
const isChecking = process.argv.includes('--check');

// A generator is a module in scripts/generators/ whose `generate()` returns a list of { path, text }, the path counted from
// the project's folder. Putting the file there is all it takes.
async function generateAll() {
  const names = (await readdir(GENERATORS).catch(() => [])).filter((name) => name.endsWith('.mjs')).sort();
  const modules = await Promise.all(names.map((name) => import(pathToFileURL(join(GENERATORS, name)))));
  return (await Promise.all(modules.map((module) => module.generate()))).flat();
}

async function isUpToDate({ path, text }) {
  return (await readFile(join(projectDir, path), 'utf8').catch(() => undefined)) === text;
}

async function write({ path, text }) {
  await mkdir(dirname(join(projectDir, path)), { recursive: true });
  await writeFile(join(projectDir, path), text);
}

await setUp();
let outdated = 0;
for (const file of await generateAll()) {
  if (await isUpToDate(file)) continue;
  outdated += 1;
  if (isChecking) console.error(`${file.path} is not what its source generates. Run: npm run generate`);
  else await write(file).then(() => console.log(`Wrote ${file.path}`));
}
process.exit(isChecking && outdated > 0 ? 1 : 0);
