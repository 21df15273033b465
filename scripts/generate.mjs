// Writes what is derived from the plug-in lists: the JSON Schemas for editors and the page of the command line. `--check`
// compares and writes nothing.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** The generated files by path, each with its content. */
async function generated() {
  const { catalogue } = built('activities/catalogue.js');
  const { scenarioJsonSchema, environmentJsonSchema } = built('src/scenario/json-schema.js');
  const { loadCommands } = built('src/cli/commands/index.js');
  const { renderDocs } = built('src/cli/render-docs.js');
  return {
    'docs/cli.md': renderDocs(await loadCommands()),
    'docs/schema/scenario.schema.json': await pretty(scenarioJsonSchema(catalogue)),
    'docs/schema/environment.schema.json': await pretty(environmentJsonSchema(catalogue)),
  };
}

function built(path) {
  try {
    return require(join(root, 'dist', path));
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    console.error(`Generating: dist/${path} is missing; run "npm run build" first.`);
    process.exit(2);
  }
}

async function pretty(value) {
  const { format } = await import('prettier');
  return format(JSON.stringify(value), { parser: 'json', printWidth: 120 });
}

function current(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

function write(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  console.log(`wrote ${path}`);
}

const stale = Object.entries(await generated()).filter(([path, content]) => current(path) !== content);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is not what the plug-ins say; run "node scripts/generate.mjs".`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else for (const [path, content] of stale) write(path, content);
