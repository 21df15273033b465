/** Lets a plain Node process run our TypeScript, with the same compiler as the tests: `node -r <this> <file.ts>`. */
const Module = require('node:module');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

const sources = { '@gameday/sdk': join(__dirname, '../../sdk/src/index.ts') };
const options = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  swcrc: false,
};

require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, options).code, file);

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolve.call(Module, sources[request] ?? request, ...rest);
