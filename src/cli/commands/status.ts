import type { ExperimentAnswer } from '../../api/answers';
import { Api } from '../api';
import { jsonOption, type Command } from '../command';
import { nothingRuns } from '../find-api';
import { readStoredFile } from '../read-stored-file';
import { remainingIn } from '../tell-remaining';
import type { Progress } from '../../domain/progress';
import { readStatus } from '../read-status';
import { doingText } from '../text/doing-text';
import { howToDismiss, howToStop } from '../text/how-to-stop';
import { phaseText, statusText } from '../text/status-text';
import { verdictWord } from '../text/summary-text';
import type { ApiAccess, World } from '../world';

type Question = NonNullable<Progress['question']>;

/** Shows what is going on. */
export const command: Command = {
  name: 'status',
  summary: 'show what is going on, or one experiment',
  arguments: [{ name: 'experiment', description: 'only this one', isOptional: true }],
  options: [jsonOption],
  details: 'Shows which environments are halted and by whom, what is open and what it harms.',
  examples: ['gameday status', 'gameday status checkout-survi-k3j9x2ab'],
  async run(world, input) {
    const id = input.optionalArgument('experiment');
    const access = await world.findApi();
    if (!access && id === undefined) await showNothing(world, input.has('json'));
    else if (!access) showOne(world, await readEnded(world, id ?? ''), input.has('json'));
    else if (id === undefined) await showAll(world, new Api(access), input.has('json'));
    else showOne(world, await new Api(access).experiment(id), input.has('json'));
    return 0;
  },
};

async function showNothing(world: World, isJson: boolean): Promise<void> {
  const nothing = { environments: [], open: [], experiments: [], injections: [] };
  if (isJson) return world.output.json({ ...nothing, troubles: [nothingRuns(world)] });
  const lines = ['Nothing runs here. "gameday faults" asks the targets what is left, "gameday list" shows what ended.'];
  world.output.result([...lines, ...(await sentinelText(world))].join('\n'));
}

async function readEnded(world: World, id: string): Promise<ExperimentAnswer> {
  const store = await world.offline.store();
  try {
    const { evidence, verdict } = await readStoredFile(store, id);
    return { experimentId: id, isOpen: false, evidence, verdict };
  } finally {
    await store.close();
  }
}

function apiText({ url, pid }: ApiAccess): string[] {
  return pid === undefined ? [] : [`Gameday runs here as process ${pid} at ${url}; ${howToStop(pid)}`];
}

async function sentinelText({ findSentinel }: World): Promise<string[]> {
  const found = await findSentinel?.();
  if (!found) return [];
  return [`A sentinel runs here as process ${found.pid}; ${howToDismiss(found.pid)}`];
}

async function showAll(world: World, api: Api, isJson: boolean): Promise<void> {
  const { output, now } = world;
  const status = await readStatus(api);
  if (isJson) return output.json(status);
  for (const trouble of status.troubles) output.note(trouble);
  output.result([statusText(status, now()), ...apiText(api.access), ...(await sentinelText(world))].join('\n'));
}

function showOne({ output, now }: World, answer: ExperimentAnswer, isJson: boolean): void {
  if (isJson) return output.json(answer);
  const { experimentId, progress, verdict, isOpen } = answer;
  const where = isOpen && progress ? whereText(progress, now()) : 'ended';
  output.result(`${experimentId}  ${verdict ? verdictWord(verdict.verdict, output.paint) : where}`);
  for (const reason of verdict?.reasons ?? []) output.result(`  - ${reason}`);
  for (const { injectionId, lockKey, notAfter } of remainingIn(progress))
    output.result(`  in effect: ${injectionId} on ${lockKey}, expires at ${notAfter} at the latest`);
  if (progress?.question) output.result(questionText(experimentId, progress.question));
}

function whereText(progress: Progress, nowMs: number): string {
  const { phase, evidence } = progress;
  const phaseStartedAt = evidence.phases.findLast((one) => one.phase === phase)?.startedAt;
  const since = phaseText({ phase, ...(phaseStartedAt === undefined ? {} : { phaseStartedAt }) }, nowMs);
  return `${since}: ${doingText(progress)}  (${evidence.plan.name} in ${evidence.plan.environment.name})`;
}

function questionText(id: string, { approval, planHash, targetsHash, expiresAt }: Question): string {
  return [
    `  waits for ${approval.required} of ${approval.from.join(', ')} until ${expiresAt}`,
    `  plan    ${planHash}`,
    `  targets ${targetsHash}`,
    `  gameday approve ${id} --reason "…"`,
  ].join('\n');
}
