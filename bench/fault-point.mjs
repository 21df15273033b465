/**
 * What a fault point costs while no rule is active: nanoseconds a call (its result consumed, the empty loop subtracted)
 * and the growth of the heap over ten million calls, each in a fresh process.
 *
 *   npm run build -w sdk && node bench/fault-point.mjs [--json]
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const calls = 10_000_000;
const processes = 5;
const limits = { nanosecondsMax: 10, heapGrowthBytesMax: 1024 };
const cases = ['empty loop', 'unconfigured', 'configured', 'with attributes', 'never inlined'];

/** What each case repeats, where it is not the bare call; the empty loop is the yardstick for the heap's growth. */
const loops = { 'empty loop': (_faultPoint, times) => emptyLoop(times), 'with attributes': callWithAttributes };

const [, , role, name] = process.argv;
if (role === '--measure') process.stdout.write(JSON.stringify(measure(name)));
else report(role === '--json');

/** Runs in the fresh process: loads the compiled package and measures one case. */
function measure(which) {
  const require = createRequire(import.meta.url);
  const { configureFaults, faultPoint } = require('../sdk/dist/index.js');
  if (which !== 'unconfigured') configureFaults({ service: 'bench', points: ['charge'] });
  const call = loops[which] ?? callBare;
  // Compiling any loop, an empty one too, leaves some kilobytes behind in its first rounds, however long they are; the
  // settled round shows what the calls themselves leave behind.
  const round = () => call(faultPoint, calls);
  const firstRoundGrowthBytes = growthOver(round);
  growthOver(round);
  const heapGrowthBytes = growthOver(round);
  const emptyMs = best(() => emptyLoop(calls));
  const fullMs = best(round);
  const nanosecondsPerCall = ((fullMs - emptyMs) * 1e6) / calls;
  return { nanosecondsPerCall, heapGrowthBytes, firstRoundGrowthBytes };
}

function callBare(faultPoint, times) {
  let met = 0;
  for (let i = 0; i < times; i += 1) if (faultPoint('charge') !== undefined) met += i;
  return met;
}

function callWithAttributes(faultPoint, times) {
  let met = 0;
  for (let i = 0; i < times; i += 1) if (faultPoint('charge', { key: 'order', attempt: i }) !== undefined) met += i;
  return met;
}

/** The same loop around a comparison that the compiler cannot decide in advance. */
function emptyLoop(times) {
  let met = 0;
  for (let i = 0; i < times; i += 1) if (i === times) met += i;
  return met;
}

function best(work) {
  let bestMs = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const startedAtMs = performance.now();
    if (work() !== 0) throw new Error('a disabled fault point answered something');
    bestMs = Math.min(bestMs, performance.now() - startedAtMs);
  }
  return bestMs;
}

function growthOver(work) {
  const heapBytes = () => (globalThis.gc(), globalThis.gc(), process.memoryUsage().heapUsed);
  heapBytes();
  const before = heapBytes();
  work();
  return heapBytes() - before;
}

function freshProcess(which) {
  const flags = which === 'never inlined' ? ['--expose-gc', '--no-turbo-inlining'] : ['--expose-gc'];
  const file = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [...flags, file, '--measure', which], { encoding: 'utf8' }));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function rowOf(which) {
  const runs = Array.from({ length: processes }, () => freshProcess(which));
  const of = (figure) => runs.map((run) => run[figure]);
  return {
    case: which,
    nanosecondsMedian: Number(median(of('nanosecondsPerCall')).toFixed(2)),
    nanosecondsWorst: Number(Math.max(...of('nanosecondsPerCall')).toFixed(2)),
    heapGrowthBytesMedian: median(of('heapGrowthBytes')),
    heapGrowthBytesWorst: Math.max(...of('heapGrowthBytes')),
    firstRoundGrowthBytesMedian: median(of('firstRoundGrowthBytes')),
  };
}

function report(asJson) {
  const rows = cases.map(rowOf);
  const withinLimits = rows.every(
    (row) => row.nanosecondsWorst < limits.nanosecondsMax && row.heapGrowthBytesWorst < limits.heapGrowthBytesMax,
  );
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  if (asJson)
    process.stdout.write(`${JSON.stringify({ calls, processes, limits, machine, rows, withinLimits }, null, 2)}\n`);
  else printTable(rows, machine, withinLimits);
  process.exitCode = withinLimits ? 0 : 1;
}

function printTable(rows, machine, withinLimits) {
  console.log(
    `a disabled faultPoint, ${calls} calls, ${processes} fresh processes, Node ${machine.node}, ${machine.cores} x ${machine.cpu}`,
  );
  console.table(rows);
  console.log(withinLimits ? 'within limits' : 'OUT OF LIMITS', JSON.stringify(limits));
}
