/**
 * How long a breach takes to end the fault: from the k-th breaching reading to the first line of the driver's rollback. A
 * small server answers the signals and turns bad on command; a guard of 2 of 3 trips. Signals, judge and workers run in
 * this process, so that one clock times both ends; Temporal and the sentinel are processes of their own. A reading's
 * instant is told to the millisecond, rounded down, so that a figure may be up to 1 ms too long.
 *
 *   npm run build && node bench/breach.mjs [--breaches 120] [--batch 10] [--json]
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { start, startEmbedded, untilEnded, untilHeld } from './measure/embedded.mjs';
import { machine, spread } from './measure/figures.mjs';
import { makeWorkplace, noopScenario } from './measure/noop-workplace.mjs';

const { values } = parseArgs({
  options: {
    breaches: { type: 'string', default: '120' },
    batch: { type: 'string', default: '10' },
    json: { type: 'boolean' },
  },
});
const [breaches, batch] = [Number(values.breaches), Number(values.batch)];
const limits = { p99MsMax: 100 };
const everyMs = 500;

const names = Array.from({ length: batch }, (_, index) => `name-${index}`);
const bad = new Set();
const { url, close } = await serveHealth();
const workplace = await makeWorkplace(names);
const api = await startEmbedded(workplace.dir);
const [toRollbackMs, turnedToRollbackMs] = [[], []];
try {
  while (toRollbackMs.length < breaches) await breachBatch(names.slice(0, breaches - toRollbackMs.length));
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await api.stop();
  close();
  await workplace.end();
}
if (process.exitCode !== 2) report();

/** Answers `{ "value": 0 }`, or 1 for the names that are bad. */
async function serveHealth() {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ value: bad.has(request.url.slice(1)) ? 1 : 0 }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function breachBatch(chosen) {
  bad.clear();
  const started = [];
  for (const name of chosen) started.push({ name, id: await start(api, noopScenario(name, '20m', watched(name))) });
  const held = [];
  for (const one of started) held.push({ ...one, injectionId: await untilHeld(api, one.id) });
  for (const one of held) await breachOne(one);
}

function watched(name) {
  const health = { json: { url: `${url}/${name}`, path: '$.value' }, every: `${everyMs}ms` };
  return { signals: { health }, guards: [{ signal: 'health', above: 0.5, for: '2 of 3' }] };
}

async function breachOne({ id, name, injectionId }) {
  const begun = api.removals.of(injectionId);
  const turnedAtMs = performance.now();
  bad.add(name);
  const begunAtMs = await begun;
  turnedToRollbackMs.push(begunAtMs - turnedAtMs);
  const { verdict, evidence } = await untilEnded(api, id);
  const breach = evidence.observations.flatMap((one) => one.breaches).find((one) => one.kind === 'guard');
  const [{ end }] = evidence.injections;
  if (verdict.verdict !== 'failed' || !breach || end !== 'absent')
    throw new Error(`${id}: ${verdict.verdict}, fault ${end}`);
  toRollbackMs.push(performance.timeOrigin + begunAtMs - Date.parse(breach.at));
}

function report() {
  const figures = { readingToRollbackMs: spread(toRollbackMs), turnedBadToRollbackMs: spread(turnedToRollbackMs) };
  const isWithin = figures.readingToRollbackMs.p99 < limits.p99MsMax;
  const told = { breaches, batch, everyMs, limits, machine: machine() };
  if (values.json) console.log(JSON.stringify({ ...told, figures, isWithin }, null, 2));
  else {
    console.log(
      `${breaches} breaches, a reading every ${everyMs} ms, ${batch} experiments at a time, ${JSON.stringify(machine())}`,
    );
    console.table(figures);
    console.log(isWithin ? 'within limits' : 'OUT OF LIMITS', JSON.stringify(limits));
  }
  process.exitCode = isWithin ? 0 : 1;
}
