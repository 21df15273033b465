/**
 * What `gameday run` of a no-op scenario without a hold takes, from the start of its process to its end: with nothing
 * running and an empty state directory, and against a running `gameday up`. Same workflows, file database, store and
 * report as any run: each report is read back, each fault was injected and seen gone. `slowdown` is how many times longer
 * than on a free core a busy process took just before: what to divide by on a machine that others use too.
 *
 *   npm run build && node bench/no-op-run.mjs [--runs 20] [--json]
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadNow, machine, quantile, slowdownNow, spread } from './measure/figures.mjs';
import { makeWorkplace, noopScenario } from './measure/noop-workplace.mjs';
import { begin, ended, gameday } from './no-op-run/command.mjs';
import { dismissSentinel } from './measure/dismiss-sentinel.mjs';
import { openServer } from './no-op-run/round-trips.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' }, json: { type: 'boolean' } } });
const runs = Number(values.runs);
const limits = { coldMedianMsMax: 3_000, warmMedianMsMax: 1_000 };

const cold = [];
for (let run = 0; run < runs; run += 1) cold.push(await runCold());
const { warm, roundTrips } = await runWarm();
report();

/** A folder of its own each time, so that nothing is there and nothing runs. */
async function runCold() {
  const workplace = await makeScenario();
  try {
    const taken = await runOnce(workplace.dir);
    await readReportBack(workplace.dir, taken.experimentId);
    return taken;
  } finally {
    await dismissSentinel(workplace.dir);
    await workplace.end();
  }
}

async function runWarm() {
  const workplace = await makeScenario();
  const up = begin(workplace.dir, ['up']);
  try {
    await untilReady(up);
    const server = await openServer(workplace.dir);
    await runOnce(workplace.dir);
    const [warm, before] = [[], await server.countRequests()];
    for (let run = 0; run < runs; run += 1) warm.push(await runOnce(workplace.dir));
    const requests = server.requestsBetween(before, await server.countRequests());
    const roundTrips = await countRoundTrips(server, warm.at(-1).experimentId, requests);
    await readReportBack(workplace.dir, warm.at(-1).experimentId);
    await server.close();
    return { warm, roundTrips };
  } finally {
    const left = ended(up);
    up.kill('SIGTERM');
    await left;
    await dismissSentinel(workplace.dir);
    await workplace.end();
  }
}

async function makeScenario() {
  const workplace = await makeWorkplace(['anything']);
  await writeFile(join(workplace.dir, 'no-op.yaml'), noopScenario('anything', '0s'));
  return workplace;
}

/** Nothing is expected of any system, so that the verdict is `inconclusive`, exit 5; the fault came and went. */
async function runOnce(dir) {
  const [load, slowdown] = [loadNow(), slowdownNow()];
  const { code, stdout, stderr, wallMs, userMs } = await gameday(dir, ['run', 'no-op.yaml', '--json']);
  const summary = code === 5 ? JSON.parse(stdout) : {};
  const [injection] = summary.injections ?? [];
  if (injection?.injectedAt === undefined || injection.end !== 'absent')
    throw new Error(`run: exit ${code}\n${stderr}`);
  return { experimentId: summary.experimentId, wallMs, userMs, load, slowdown };
}

async function readReportBack(dir, experimentId) {
  const { code, stderr } = await gameday(dir, ['report', experimentId]);
  if (code !== 0) throw new Error(`report ${experimentId}: exit ${code}\n${stderr}`);
}

async function untilReady(up) {
  up.stderr.resume();
  for await (const text of up.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false }))
    if (text.includes('Ready.')) return up.stdout.resume();
  throw new Error('gameday up ended before it was ready');
}

async function countRoundTrips(server, experimentId, requests) {
  const histories = { experiment: `experiment:${experimentId}`, injection: 'injection:noop:anything' };
  const counted = await Promise.all(Object.values(histories).map((id) => server.historyOf(id)));
  const perRun = requests.map(([name, count]) => [name, Number((count / runs).toFixed(1))]);
  return {
    histories: Object.fromEntries(Object.keys(histories).map((name, index) => [name, counted[index]])),
    requestsPerRun: Number(perRun.reduce((sum, [, count]) => sum + count, 0).toFixed(1)),
    requests: Object.fromEntries(perRun),
  };
}

function rowOf(taken) {
  const of = (figure) => taken.map((one) => one[figure]);
  const { min, p50, max } = spread(of('wallMs'));
  return {
    runs,
    minMs: min,
    medianMs: p50,
    maxMs: max,
    userMs: Math.round(quantile(of('userMs'), 0.5)),
    load: quantile(of('load'), 0.5),
    slowdown: quantile(of('slowdown'), 0.5),
  };
}

function report() {
  const rows = { 'nothing running': rowOf(cold), 'against gameday up': rowOf(warm) };
  const [first, second] = Object.values(rows);
  const isWithin = first.medianMs < limits.coldMedianMsMax && second.medianMs < limits.warmMedianMsMax;
  const told = { limits, machine: machine(), rows, roundTrips, isWithin };
  if (values.json) console.log(JSON.stringify({ ...told, coldMs: cold, warmMs: warm }, null, 2));
  else print(told);
  process.exitCode = isWithin ? 0 : 1;
}

function print({ rows, roundTrips, isWithin }) {
  console.log(`gameday run of a no-op without a hold, ${JSON.stringify(machine())}`);
  console.table(rows);
  console.log('What one run against gameday up writes into its histories:');
  console.table(roundTrips.histories);
  const requests = Object.entries(roundTrips.requests).map(([name, count]) => `${name} ${count}`);
  console.log(`Requests to the server in one such run, ${roundTrips.requestsPerRun} in all: ${requests.join(', ')}`);
  console.log(isWithin ? 'within limits' : 'OUT OF LIMITS', JSON.stringify(limits));
}
