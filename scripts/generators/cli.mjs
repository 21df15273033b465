import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** docs/cli.md, from the commands themselves. */
export async function generate() {
  const { loadCommands } = require('../../dist/src/cli/commands/index.js');
  const { renderDocs } = require('../../dist/src/cli/render-docs.js');
  return [{ path: 'docs/cli.md', text: renderDocs(await loadCommands()) }];
}
