/** A process of its own that opens the store named in its arguments, writes one chunk and closes it. */
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };
  module._compile(transformFileSync(file, options).code, file);
};

const { openStore } = require('../../src/store/open-store.ts');

async function main([file, number]) {
  const store = await openStore({ file });
  const chunk = { experimentId: 'payment-7f3a', observation: 'hold-1', signal: 'p95', readings: [], samples: [] };
  await store.writeChunk({ ...chunk, number: Number(number) });
  await store.close();
  console.log('opened');
}

void main(process.argv.slice(2));
