import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../src/client/data-converter';
import { installRuntime } from '../../src/worker/runtime';
import { workflowBundle } from '../harness/isolate/workflow-bundle';

const folder = resolve(__dirname, '../histories');
const recorded = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort();

/** Replays histories of real runs with today's workflow code; each with what went wrong, if anything. */
async function replayed(files: string[]): Promise<Record<string, string | undefined>> {
  installRuntime({ log: () => undefined, isVerbose: false });
  const histories = files.map((file) => ({
    workflowId: file,
    history: historyFromJSON(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  }));
  const options = { workflowBundle: { code: await workflowBundle() }, dataConverter };
  const answers: Record<string, string | undefined> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories))
    answers[workflowId] = error?.message;
  return answers;
}

/** The kinds of ending that must stay covered. */
const endings = [
  'passed',
  'failed',
  'aborted',
  'refused',
  'errored',
  'inconclusive',
  'approved',
  'rejected',
  'expired',
  'halted',
  'released',
  'reset',
  'terminated',
];

it('a history of every kind of ending is there, and of every workflow', () => {
  const names = recorded.map((file) => basename(file)).join(' ');
  expect(endings.filter((ending) => !names.includes(ending))).toEqual([]);
  expect([...new Set(recorded.map((file) => file.split('/')[0]))]).toEqual(['environment', 'experiment', 'injection']);
});

it('workflow code of today takes the same decisions as every recorded run', async () => {
  const answers = await replayed(recorded);
  expect(answers).toEqual(Object.fromEntries(recorded.map((file) => [file, undefined])));
}, 120_000);

it('a history whose workflow would do something else now is refused', async () => {
  const file = recorded.find((one) => one.startsWith('injection')) ?? '';
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('admitInjection', 'armFault');
  const history = historyFromJSON(JSON.parse(text));
  const options = { workflowBundle: { code: await workflowBundle() }, dataConverter };
  await expect(Worker.runReplayHistory(options, history, 'changed')).rejects.toThrow(/admitInjection/);
});
