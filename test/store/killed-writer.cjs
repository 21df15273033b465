/** A process of its own that spools fifty chunks for a store that never answers and kills itself. */
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };
  module._compile(transformFileSync(file, options).code, file);
};

const { openSpool } = require('../../src/store/spool.ts');

const spool = openSpool({ dir: process.argv[2], store: () => new Promise(() => {}) });
const chunk = { experimentId: 'payment-7f3a', observation: 'hold-1', signal: 'p95', readings: [], samples: [] };
for (let number = 0; number < 50; number += 1) spool.write({ ...chunk, number });
process.kill(process.pid, 'SIGKILL');
