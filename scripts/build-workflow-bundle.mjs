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
  await writeFile(join(projectDir, 'dist', 'workflow-bundle.js'), withoutSources(code));
}

// Every start of a worker parses the source map at the bundle's end; the sources that it quotes lie beside it anyway.
function withoutSources(code) {
  const [, head, encoded] = /^([^]*base64,)(\S+)\s*$/.exec(code) ?? [];
  if (encoded === undefined) throw new Error('Could not find the source map at the end of the workflow bundle.');
  const { sourcesContent: _sources, ...map } = JSON.parse(Buffer.from(encoded, 'base64').toString());
  return `${head}${Buffer.from(JSON.stringify(map)).toString('base64')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWorkflowBundle();
