import { jsonOption, reasonOption, type Command } from '../command';
import { requireApi } from '../find-api';

/** Ends by hand an injection whose rollback cannot succeed. */
export const command: Command = {
  name: 'release',
  summary: 'give up an injection whose rollback cannot succeed, and unlock its target',
  arguments: [{ name: 'injection', description: 'the injection' }],
  options: [reasonOption, jsonOption],
  details:
    'The fault may still be there: see "gameday faults" before and after. It stays in the audit who did this and why.',
  examples: ['gameday release checkout-survi-k3j9x2ab-1-1 --reason "service was removed for good"'],
  async run(world, input) {
    const id = input.argument('injection');
    const api = await requireApi(world, `Could not release ${id}`);
    await api.release(id, input.requiredText('reason'));
    if (input.has('json')) world.output.json({ injectionId: id, isReleased: true });
    else world.output.result(`Released ${id}. Its fault may still be there: "gameday faults" asks the targets.`);
    return 0;
  },
};
