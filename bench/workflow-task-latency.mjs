/**
 * How late tasks start on the local Temporal server, and what an experiment on the no-op without a hold takes: as shipped
 * and with the server's own pace, each with and without workflows kept in memory, in turns on one machine. A turn is three
 * experiments in a row: a server that rested has saved up some haste.
 *
 *   npm run build && node bench/workflow-task-latency.mjs [--turns 4] [--json]
 */
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { countRequests, requestsBetween } from './workflow-task/count-requests.mjs';
import { startEngine } from './workflow-task/engine.mjs';
import { noopInput } from './workflow-task/noop-plan.mjs';
import { readDelays } from './workflow-task/read-history.mjs';

const { installRuntime } = createRequire(import.meta.url)('../dist/src/worker/runtime.js');
const { values } = parseArgs({ options: { turns: { type: 'string', default: '4' }, json: { type: 'boolean' } } });
const turns = Number(values.turns);
const inARow = 3;
const runs = turns * inARow;

const ownPace = {
  'history.transferProcessorMaxPollRPS': 20,
  'history.timerProcessorMaxPollRPS': 20,
  'history.timerProcessorMaxTimeShift': '1s',
};
const variants = [
  { server: 'as shipped', cachedWorkflows: 500 },
  { server: 'as shipped', cachedWorkflows: 0 },
  { server: 'own pace', cachedWorkflows: 500, dynamicConfig: ownPace },
  { server: 'own pace', cachedWorkflows: 0, dynamicConfig: ownPace },
];
/** The target is stated for a run against a running server; the median of the first variant decides. */
const limits = { wallMedianMsMax: 1_000, workflowTaskMedianMsMax: 20 };

installRuntime({ log: () => undefined, isVerbose: false });
report(await measure());

async function measure() {
  const measured = [];
  try {
    for (const variant of variants) measured.push(await prepare(variant));
    for (let turn = 0; turn < turns; turn += 1) for (const one of measured) await runInARow(one, turn);
    for (const one of measured) one.requests = requestsBetween(one.before, await countRequests(one.engine.pid));
  } finally {
    await Promise.all(measured.map(({ engine }) => engine.stop()));
  }
  return measured;
}

/** The first experiment starts the environment's workflow and warms everything up; it is told on its own. */
async function prepare(variant) {
  const engine = await startEngine(variant);
  const one = { variant, engine, ...emptySamples() };
  await runOnce(one, 'warm-up');
  const [firstWallMs] = one.wallMs;
  return { ...one, ...emptySamples(), firstWallMs, before: await countRequests(engine.pid) };
}

async function runInARow(one, turn) {
  for (let index = 0; index < inARow; index += 1) await runOnce(one, `noop-${turn}-${index}`);
}

function emptySamples() {
  return { wallMs: [], workflowTasksMs: [], activitiesMs: [], workerMs: [], events: [], phases: [] };
}

async function runOnce(one, experimentId) {
  const { gameday, client, evidence } = one.engine;
  const startedAtMs = performance.now();
  await gameday.start({ ...noopInput, experimentId });
  await gameday.result(experimentId);
  one.wallMs.push(performance.now() - startedAtMs);
  const { phases } = evidence.get(experimentId);
  one.phases.push(phases.map(({ phase, startedAt, endedAt }) => [phase, Date.parse(endedAt) - Date.parse(startedAt)]));
  await addHistories(one, client, experimentId);
}

async function addHistories(one, client, experimentId) {
  const ids = [`experiment:${experimentId}`, 'injection:noop:anything'];
  const histories = await Promise.all(ids.map((id) => readDelays(client.workflow.getHandle(id))));
  for (const name of ['workflowTasksMs', 'activitiesMs', 'workerMs'])
    one[name].push(...histories.flatMap((history) => history[name]));
  one.events.push(histories.map((history) => history.events));
}

function quantile(samples, share) {
  const sorted = [...samples].sort((left, right) => left - right);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1));
}

function rowOf({ variant, wallMs, firstWallMs, workflowTasksMs, activitiesMs, workerMs, events, requests }) {
  const perRun = (count) => Number((count / runs).toFixed(1));
  const both = (samples) => [quantile(samples, 0.5), quantile(samples, 0.99)];
  return {
    ...{ server: variant.server, cachedWorkflows: variant.cachedWorkflows, firstWallMs: Math.round(firstWallMs) },
    ...{ wallMs: both(wallMs), workflowTaskLateMs: both(workflowTasksMs), activityLateMs: both(activitiesMs) },
    ...{
      workerMs: both(workerMs),
      workflowTasks: perRun(workflowTasksMs.length),
      activities: perRun(activitiesMs.length),
    },
    ...{ historyEvents: events.at(-1), requests: perRun(requests.reduce((sum, [, count]) => sum + count, 0)) },
  };
}

function phasesOf({ phases }) {
  return phases[0].map(([phase], index) => [
    phase,
    quantile(
      phases.map((run) => run[index][1]),
      0.5,
    ),
  ]);
}

function report(measured) {
  const rows = measured.map(rowOf);
  const [shipped] = rows;
  const isWithin =
    shipped.wallMs[0] < limits.wallMedianMsMax && shipped.workflowTaskLateMs[0] < limits.workflowTaskMedianMsMax;
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  const first = { phasesMs: phasesOf(measured[0]), requests: measured[0].requests };
  if (values.json) console.log(JSON.stringify({ runs, limits, machine, rows, ...first, isWithin }, null, 2));
  else print({ machine, rows, isWithin, ...first });
  process.exitCode = isWithin ? 0 : 1;
}

function print({ machine, rows, isWithin, phasesMs, requests }) {
  const text = (value) => (Array.isArray(value) ? value.join(' / ') : value);
  console.log(`${runs} experiments each, in turns; p50 / p99; Node ${machine.node}, ${machine.cores} x ${machine.cpu}`);
  console.table(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, text(value)]))));
  console.log('As shipped, median ms a phase:', phasesMs.map(([phase, ms]) => `${phase} ${ms}`).join(', '));
  console.log(
    'As shipped, requests an experiment:',
    requests.map(([name, count]) => `${name} ${Number((count / runs).toFixed(1))}`).join(', '),
  );
  console.log(isWithin ? 'within limits' : 'OUT OF LIMITS', JSON.stringify(limits));
}
