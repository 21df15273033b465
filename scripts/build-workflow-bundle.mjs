import { access, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectDir } from './run-command.mjs';

const { bundleWorkflowCode, DefaultLogger } = createRequire(import.meta.url)('@temporalio/worker');

async function optionFor(name, file) {
  const path = join(projectDir, 'dist', 'workflows', file);
  return access(path).then(
    () => ({ [name]: path }),
    () => ({}),
  );
}

/** Bundles the compiled workflows, with our converters where there are some, into dist/workflow-bundle.js. */
export async function buildWorkflowBundle() {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(projectDir, 'dist', 'workflows', 'index.js'),
    ...(await optionFor('failureConverterPath', 'failure-converter.js')),
    ...(await optionFor('payloadConverterPath', 'payload-converter.js')),
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(join(projectDir, 'dist', 'workflow-bundle.js'), code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWorkflowBundle();
