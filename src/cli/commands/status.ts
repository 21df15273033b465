import type { ExperimentAnswer } from '../../api/answers';
import type { Api } from '../api';
import { jsonOption, type Command } from '../command';
import { requireApi } from '../find-api';
import { remainingIn } from '../tell-remaining';
import { table } from '../text/table';
import { verdictWord } from '../text/summary-text';
import type { Output } from '../output';

/** Shows what is going on. */
export const command: Command = {
  name: 'status',
  summary: 'show what is going on, or one experiment',
  arguments: [{ name: 'experiment', description: 'only this one', isOptional: true }],
  options: [jsonOption],
  examples: ['gameday status', 'gameday status checkout-survi-k3j9x2ab'],
  async run(world, input) {
    const api = await requireApi(world, 'Could not show the status');
    const id = input.optionalArgument('experiment');
    if (id === undefined) await showAll(api, world.output, input.has('json'));
    else showOne(await api.experiment(id), world.output, input.has('json'));
    return 0;
  },
};

async function showAll(api: Api, output: Output, isJson: boolean): Promise<void> {
  const [{ open, troubles }, { injections }] = await Promise.all([api.experiments(1), api.injections()]);
  if (isJson) return output.json({ open, injections, troubles });
  for (const trouble of troubles) output.note(trouble);
  output.result(open.length === 0 ? 'No experiment is open.' : `Open experiments: ${open.join(', ')}`);
  const rows = injections.map((one) => [
    one.injectionId,
    one.fault,
    one.lockKey,
    one.environment,
    `since ${one.startedAt}`,
  ]);
  output.result(rows.length === 0 ? 'No injection is open.' : table(rows));
}

function showOne(answer: ExperimentAnswer, output: Output, isJson: boolean): void {
  if (isJson) return output.json(answer);
  const { experimentId, progress, verdict, isOpen } = answer;
  const where = isOpen && progress ? `${progress.phase}: ${progress.details}` : 'ended';
  output.result(`${experimentId}  ${verdict ? verdictWord(verdict.verdict, output.paint) : where}`);
  for (const reason of verdict?.reasons ?? []) output.result(`  - ${reason}`);
  for (const { injectionId, lockKey, notAfter } of remainingIn(progress))
    output.result(`  in effect: ${injectionId} on ${lockKey}, expires at ${notAfter} at the latest`);
  if (progress?.question)
    output.result(
      `  waits for ${progress.question.approval.from.join(', ')}: gameday approve ${experimentId} --reason "…"`,
    );
}
