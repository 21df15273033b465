import { jsonOption, type Command } from '../command';
import { haltEnvironment } from '../stop-experiment';
import { sweepText } from '../text/sweep-text';
import type { World } from '../world';

/** Stops everything in an environment. */
export const command: Command = {
  name: 'halt',
  summary: 'stop everything in an environment and admit nothing until it is resumed',
  arguments: [{ name: 'environment', description: 'the environment' }],
  options: [
    {
      flags: '--reason <text>',
      description: 'why, for the audit and the reports',
      default: 'halted on the command line',
    },
    { flags: '--direct', description: 'remove the faults with the drivers alone, without API and Temporal' },
    jsonOption,
  ],
  details:
    'Goes to the API, and straight to Temporal when the API does not answer. --direct asks neither: nothing is remembered as halted then. ' +
    'A name that is certainly a slip is an error; whenever that cannot be told for certain, it is halted.',
  examples: ['gameday halt production --reason "real incident"', 'gameday halt production --direct'],
  async run(world, input) {
    const environment = input.argument('environment');
    if (input.has('direct')) return haltDirectly(world, environment, input.has('json'));
    const way = await haltEnvironment(world, environment, input.requiredText('reason'));
    if (input.has('json')) world.output.json({ environment, isHalted: true, way });
    else
      world.output.result(
        `Halted ${environment}: faults are being rolled back, nothing is admitted. "gameday resume ${environment} --reason TEXT" ends it.`,
      );
    return 0;
  },
};

async function haltDirectly(world: World, environment: string, isJson: boolean): Promise<number> {
  const swept = await world.offline.sweep({ environment, isAll: true });
  if (isJson) world.output.json({ environment, isHalted: false, way: 'direct', ...swept });
  else world.output.result(sweepText(swept));
  const isClean = swept.troubles.length === 0 && swept.findings.every((finding) => finding.outcome === 'removed');
  return isClean ? 0 : 2;
}
