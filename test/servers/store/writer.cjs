/** A process of its own that opens the database named in its environment, writes the chunks asked for and closes it. */
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };
  module._compile(transformFileSync(file, options).code, file);
};

const { openPostgresStore } = require('../../../src/store/open-postgres-store.ts');

async function main([writer, count]) {
  const store = await openPostgresStore({ url: process.env.DATABASE_URL });
  const chunk = { experimentId: 'payment-7f3a', observation: 'hold-1', signal: 'p95', readings: [] };
  const numbers = Array.from({ length: Number(count) }, (_, index) => index + 1);
  await Promise.all(numbers.map((number) => store.writeChunk({ ...chunk, number, samples: [writer] })));
  const act = { at: '2026-03-01T12:00:00.000Z', by: writer, action: 'halt', subject: 'demo', reason: 'incident' };
  await Promise.all(numbers.map(() => store.appendAudit(act)));
  await store.close();
  console.log('opened');
}

void main(process.argv.slice(2));
