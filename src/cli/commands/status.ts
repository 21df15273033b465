import type { ExperimentAnswer } from '../../api/answers';
import type { Api } from '../api';
import { jsonOption, type Command } from '../command';
import { requireApi } from '../find-api';
import { remainingIn } from '../tell-remaining';
import type { Progress } from '../../domain/progress';
import { readStatus } from '../read-status';
import { doingText } from '../text/doing-text';
import { phaseText, statusText } from '../text/status-text';
import { verdictWord } from '../text/summary-text';
import type { World } from '../world';

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
    const api = await requireApi(world, 'Could not show the status');
    const id = input.optionalArgument('experiment');
    if (id === undefined) await showAll(world, api, input.has('json'));
    else showOne(world, await api.experiment(id), input.has('json'));
    return 0;
  },
};

async function showAll(world: World, api: Api, isJson: boolean): Promise<void> {
  const { output, now } = world;
  const status = await readStatus(api);
  if (isJson) return output.json(status);
  for (const trouble of status.troubles) output.note(trouble);
  output.result(statusText(status, now()));
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
