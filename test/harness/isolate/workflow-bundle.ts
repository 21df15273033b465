import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';

const project = resolve(__dirname, '../../..');
const cache = join(project, 'node_modules/.cache/gameday-workflows');

/** The bundle of today's workflow code, built at most once for one state of the sources; throws on a forbidden import. */
export async function workflowBundle(): Promise<string> {
  const file = join(cache, `${sourcesHash()}.js`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const code = await buildWorkflowBundle();
  mkdirSync(cache, { recursive: true });
  const written = `${file}.${process.pid}`;
  writeFileSync(written, code);
  renameSync(written, file);
  return code;
}

/** Builds the bundle as the product's build does, from the sources; warnings count as failures. */
export async function buildWorkflowBundle(workflowsPath = join(project, 'workflows/index.ts')): Promise<string> {
  const warnings: string[] = [];
  const failureConverterPath = join(project, 'workflows/failure-converter.ts');
  const logger = new DefaultLogger('WARN', ({ message }) => warnings.push(message));
  const { code } = await bundleWorkflowCode({ workflowsPath, failureConverterPath, logger }).catch((error: unknown) => {
    throw new Error(`the workflow bundle cannot be built: ${warnings.join('; ')}`, { cause: error });
  });
  if (warnings.length > 0) throw new Error(`the workflow bundle has warnings: ${warnings.join('; ')}`);
  return code;
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(process.version);
  for (const folder of ['workflows', 'src/domain'])
    for (const name of readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(project, folder, name)));
  return hash
    .update(readFileSync(join(project, 'package-lock.json')))
    .digest('hex')
    .slice(0, 16);
}
