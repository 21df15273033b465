import type { SweepAnswer } from '../../api/answers';
import { Api } from '../api';
import { NotReachable } from '../cli-error';
import { jsonOption, type Command } from '../command';
import { sweepText } from '../text/sweep-text';
import type { World } from '../world';

/** Removes faults that should not be there any more. */
export const command: Command = {
  name: 'sweep',
  summary: 'remove faults that are overdue or whose experiment is gone',
  options: [
    { flags: '--environment <name>', description: 'only this one; default all' },
    { flags: '--all', description: 'remove every fault of ours, with the drivers alone, whoever holds it' },
    jsonOption,
  ],
  details:
    'Asks the API; when it does not answer, removes with the drivers alone what is past its notAfter. Exits 2 when a fault ' +
    'could not be removed or a system could not be asked.',
  examples: ['gameday sweep', 'gameday sweep --environment demo', 'gameday sweep --all'],
  async run(world, input) {
    const swept = await sweep(world, input.text('environment'), input.has('all'));
    if (input.has('json')) world.output.json(swept);
    else world.output.result(sweepText(swept));
    const hasFailed = swept.troubles.length > 0 || swept.findings.some((one) => one.outcome === 'failed');
    return hasFailed ? 2 : 0;
  },
};

async function sweep(world: World, environment: string | undefined, isAll: boolean): Promise<SweepAnswer> {
  const request = { ...(environment === undefined ? {} : { environment }), isAll };
  const access = isAll ? undefined : await world.findApi();
  if (!access) return world.offline.sweep(request);
  try {
    return await new Api(access).sweep(environment);
  } catch (error) {
    if (!(error instanceof NotReachable)) throw error;
    world.output.note(`The API cannot help (${error.why}); sweeping with the drivers alone.`);
    return world.offline.sweep(request);
  }
}
