import type { ExperimentAnswer } from '../api/answers';
import type { Progress } from '../domain/progress';
import type { Verdict } from '../domain/verdict';
import type { DecisionRequest } from './api';
import { chosenHash } from './chosen-hash';
import { CliError } from './cli-error';
import { jsonOption, reasonOption, type OptionSpec } from './command';
import type { CommandInput } from './command-input';
import { requireApi } from './find-api';
import { planText, surveyText } from './text/plan-text';
import type { World } from './world';

/** The flags of both decisions. */
export const decisionOptions: OptionSpec[] = [
  reasonOption,
  { flags: '--plan-hash <hash>', description: 'the plan this is about; default: the one shown' },
  { flags: '--targets-hash <hash>', description: 'the targets this is about; default: the ones shown' },
  { flags: '--yes', description: 'do not ask on a terminal' },
  jsonOption,
];

/** Shows plan and targets, asks on a terminal, and takes the decision to the experiment. Errors: when it is refused. */
export async function decide(world: World, input: CommandInput, verb: 'approve' | 'reject'): Promise<number> {
  const id = input.argument('experiment');
  const api = await requireApi(world, `Could not ${verb} ${id}`);
  const answer = await api.experiment(id);
  if (answer.isOpen && answer.progress) show(world, answer.progress);
  const request = requestOf(input, verb, answer);
  if (!(await isConfirmed(world, input, verb))) return 1;
  await api.decide(id, verb, request);
  tell(world, input, { id, verb, request });
  return 0;
}

function show({ output }: World, { evidence, question }: Progress): void {
  output.note(planText(evidence.plan));
  output.note(surveyText(evidence.surveys));
  if (question)
    output.note(
      `plan ${question.planHash}\ntargets ${question.targetsHash}\nthe question stands until ${question.expiresAt}`,
    );
}

function requestOf(input: CommandInput, verb: string, answer: ExperimentAnswer): DecisionRequest {
  const { experimentId: id, progress, verdict, isOpen } = answer;
  const attempt = `Could not ${verb} ${id}`;
  const planHash = chosenHash(attempt, '--plan-hash', input.text('planHash'), progress?.question?.planHash);
  const targetsHash = chosenHash(attempt, '--targets-hash', input.text('targetsHash'), progress?.question?.targetsHash);
  if (planHash !== undefined && targetsHash !== undefined)
    return { planHash, targetsHash, reason: input.requiredText('reason') };
  const help = `"gameday status ${id}" shows what it does and whom it waits for.`;
  const why = isOpen && progress ? `it is in the phase ${progress.phase} and waits for nobody` : endedText(verdict);
  throw new CliError(attempt, why, isOpen ? help : '"gameday list" shows which are open.');
}

function endedText(verdict: Verdict | undefined): string {
  return verdict ? `it has ended with the verdict ${verdict.verdict} and asks nobody any more` : 'it has ended';
}

async function isConfirmed(world: World, input: CommandInput, verb: string): Promise<boolean> {
  const hasHashes = input.text('planHash') !== undefined && input.text('targetsHash') !== undefined;
  if (!world.ask || input.has('yes') || hasHashes) return true;
  return world.ask(`${verb === 'approve' ? 'Approve' : 'Reject'} exactly this plan on exactly these targets?`);
}

function tell(world: World, input: CommandInput, done: { id: string; verb: string; request: DecisionRequest }): void {
  const word = done.verb === 'approve' ? 'Approved' : 'Rejected';
  const after = done.verb === 'approve' ? 'shows how it goes on' : 'shows how it ends';
  const what = done.verb === 'approve' ? '' : ': nothing will be injected';
  if (input.has('json')) world.output.json({ experimentId: done.id, decision: word.toLowerCase(), ...done.request });
  else world.output.result(`${word} ${done.id}${what}. "gameday watch ${done.id}" ${after}.`);
}
