import type { Command } from '../command';
import { runPart } from '../run-part';

/** Runs a sentinel as a process of its own. */
export const command: Command = {
  name: 'sentinel',
  summary: 'run the process that removes overdue faults when everything else is gone',
  options: [{ flags: '--port <port>', description: 'port of its health page; default a free one' }],
  details: 'Needs the environment files alone. On SIGTERM it leaves as soon as no fault is left; it ignores Ctrl-C.',
  examples: ['gameday sentinel --port 7718'],
  async run(world, input) {
    const port = input.count('port', { min: 1, max: 65_535 });
    const log = (line: string): void => world.output.note(line);
    return runPart(world, 'sentinel', await world.parts.sentinel({ log, ...(port === undefined ? {} : { port }) }));
  },
};
