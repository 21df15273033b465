/**
 * How long an abort takes to reach the fault: from just before the HTTP request to the first line of the driver's rollback.
 * Experiments hold the no-op in batches; once all of a batch hold, they are aborted one after the other. API and workers
 * run in this process, so that one clock times both ends; Temporal and the sentinel are processes of their own.
 *
 *   npm run build && node bench/abort.mjs [--aborts 200] [--batch 10] [--json]
 */
import { parseArgs } from 'node:util';
import { start, startEmbedded, untilEnded, untilHeld } from './measure/embedded.mjs';
import { machine, spread } from './measure/figures.mjs';
import { makeWorkplace, noopScenario } from './measure/noop-workplace.mjs';

const { values } = parseArgs({
  options: {
    aborts: { type: 'string', default: '200' },
    batch: { type: 'string', default: '10' },
    json: { type: 'boolean' },
  },
});
const [aborts, batch] = [Number(values.aborts), Number(values.batch)];
const limits = { p99MsMax: 100 };

const names = Array.from({ length: batch }, (_, index) => `name-${index}`);
const workplace = await makeWorkplace(names);
const api = await startEmbedded(workplace.dir);
const [toRollbackMs, toAnswerMs] = [[], []];
try {
  while (toRollbackMs.length < aborts) await abortBatch(names.slice(0, aborts - toRollbackMs.length));
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await api.stop();
  await workplace.end();
}
if (process.exitCode !== 2) report();

async function abortBatch(chosen) {
  const ids = [];
  for (const name of chosen) ids.push(await start(api, noopScenario(name, '20m')));
  const held = [];
  for (const id of ids) held.push([id, await untilHeld(api, id)]);
  for (const [id, injectionId] of held) await abortOne(id, injectionId);
}

async function abortOne(id, injectionId) {
  const begun = api.removals.of(injectionId);
  const sentAtMs = performance.now();
  await api.ask('POST', `/experiments/${id}/abort`, { reason: 'measuring' });
  toAnswerMs.push(performance.now() - sentAtMs);
  toRollbackMs.push((await begun) - sentAtMs);
  const { verdict, evidence } = await untilEnded(api, id);
  const [{ end }] = evidence.injections;
  if (verdict.verdict !== 'aborted' || end !== 'absent') throw new Error(`${id}: ${verdict.verdict}, fault ${end}`);
}

function report() {
  const figures = { toRollbackMs: spread(toRollbackMs), toAnswerMs: spread(toAnswerMs) };
  const isWithin = figures.toRollbackMs.p99 < limits.p99MsMax;
  if (values.json)
    console.log(JSON.stringify({ aborts, batch, limits, machine: machine(), figures, isWithin }, null, 2));
  else {
    console.log(`${aborts} aborts during a hold, ${batch} experiments at a time, ${JSON.stringify(machine())}`);
    console.table(figures);
    console.log(isWithin ? 'within limits' : 'OUT OF LIMITS', JSON.stringify(limits));
  }
  process.exitCode = isWithin ? 0 : 1;
}
