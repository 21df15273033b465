import type { FaultsAnswer } from '../../api/answers';
import { NotReachable } from '../cli-error';
import { jsonOption, type Command } from '../command';
import { Api } from '../api';
import { table } from '../text/table';
import { troublesText } from '../text/troubles-text';
import type { World } from '../world';

/** Asks the target systems for faults of ours. */
export const command: Command = {
  name: 'faults',
  summary: 'ask the target systems which faults of ours are there',
  options: [{ flags: '--environment <name>', description: 'only this one; default all' }, jsonOption],
  details:
    'Asks through the API, or with the drivers alone when nothing runs. Exits 2 when a system could not be asked.',
  examples: ['gameday faults', 'gameday faults --environment demo --json'],
  async run(world, input) {
    const answer = await listFaults(world, input.text('environment'));
    if (input.has('json')) world.output.json(answer);
    else world.output.result(textOf(answer));
    return answer.troubles.length > 0 ? 2 : 0;
  },
};

async function listFaults(world: World, environment: string | undefined): Promise<FaultsAnswer> {
  const access = await world.findApi();
  if (!access) return world.offline.listFaults(environment);
  try {
    return await new Api(access).faults(environment);
  } catch (error) {
    if (!(error instanceof NotReachable)) throw error;
    world.output.note(`The API cannot help (${error.why}); asking with the drivers alone.`);
    return world.offline.listFaults(environment);
  }
}

function textOf({ faults, troubles }: FaultsAnswer): string {
  const rows = faults.map((one) => [
    ...[one.injectionId, one.fault, one.lockKey, one.environment, `expires ${one.notAfter}`, one.targets.join(', ')],
  ]);
  const none =
    troubles.length === 0 ? 'No fault of ours is there.' : 'No fault of ours was found where it could be asked.';
  const found = rows.length === 0 ? none : table(rows);
  return [found, ...troublesText(troubles, 'could not be asked')].join('\n');
}
