import { jsonOption, reasonOption, type Command } from '../command';
import { requireApi } from '../find-api';

/** Ends a halt. */
export const command: Command = {
  name: 'resume',
  summary: 'let experiments run again in a halted environment',
  arguments: [{ name: 'environment', description: 'the environment' }],
  options: [reasonOption, jsonOption],
  examples: ['gameday resume production --reason "incident is over"'],
  async run(world, input) {
    const environment = input.argument('environment');
    const api = await requireApi(world, `Could not resume ${environment}`);
    const { wasKnown, wasHalted } = await api.resume(environment, input.requiredText('reason'));
    const said = wasHalted === false ? `${environment} was not halted.` : saidOf(environment, wasKnown);
    if (input.has('json')) world.output.json({ environment, isHalted: false });
    else world.output.result(said);
    return 0;
  },
};

function saidOf(environment: string, wasKnown: boolean): string {
  if (wasKnown) return `Resumed ${environment}: experiments are admitted again.`;
  return `${environment} was never halted: nothing ever ran there, and experiments are admitted.`;
}
