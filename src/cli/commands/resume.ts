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
    const { wasKnown } = await api.resume(environment, input.requiredText('reason'));
    const said = wasKnown ? `Resumed ${environment}: experiments are admitted again.` : neverHalted(environment);
    if (input.has('json')) world.output.json({ environment, isHalted: false });
    else world.output.result(said);
    return 0;
  },
};

function neverHalted(environment: string): string {
  return `${environment} was never halted: nothing ever ran there, and experiments are admitted.`;
}
