import { judgeAgain, type Judgement } from '../../judge/judge-again';
import { exitCodes } from '../../domain/verdict';
import { jsonOption, type Command } from '../command';
import { readKept } from '../read-kept';
import { readStoredFile } from '../read-stored-file';
import { verdictWord } from '../text/summary-text';
import type { Paint } from '../output';

/** Decides the verdict of an ended experiment again. */
export const command: Command = {
  name: 'judge',
  summary: 'decide the verdict of an ended experiment again from the store',
  arguments: [{ name: 'experiment', description: 'the experiment' }],
  options: [jsonOption],
  details:
    'Exits like "run" with the verdict decided now, and 2 when it differs from the stored one or the series do not bear it out.',
  examples: ['gameday judge checkout-survi-k3j9x2ab', 'gameday judge checkout-survi-k3j9x2ab --json'],
  async run(world, input) {
    const id = input.argument('experiment');
    const judgement = await readKept<Judgement>(world, {
      api: (api) => api.judgement(id),
      store: async (store) => {
        const { evidence, chunks, verdict } = await readStoredFile(store, id);
        return judgeAgain(evidence, chunks, verdict);
      },
    });
    if (input.has('json')) world.output.json({ experimentId: id, ...judgement });
    else world.output.result(textOf(id, judgement, world.output.paint));
    return judgement.isSame && judgement.mismatches.length === 0 ? exitCodes[judgement.decided.verdict] : 2;
  },
};

function textOf(id: string, { stored, decided, isSame, mismatches, gaps }: Judgement, paint: Paint): string {
  const same = isSame ? 'the same as stored' : `stored was ${stored.verdict}: ${stored.reasons.join('; ')}`;
  return [
    `${verdictWord(decided.verdict, paint)}  ${id}, by rule ${decided.rule}; ${same}`,
    ...decided.reasons.map((reason) => `  - ${reason}`),
    ...mismatches.map((mismatch) => `  does not follow from the series: ${mismatch}`),
    ...gaps.map((gap) => `  cannot be checked: ${gap}`),
  ].join('\n');
}
