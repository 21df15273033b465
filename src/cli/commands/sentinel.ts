import type { Command } from '../command';

/** Runs a sentinel as a process of its own. */
export const command: Command = {
  name: 'sentinel',
  summary: 'run the process that removes overdue faults when everything else is gone',
  options: [
    { flags: '--host <address>', description: 'where its health page listens', default: '127.0.0.1' },
    { flags: '--port <port>', description: 'port of its health page; default a free one' },
  ],
  details: 'Needs the environment files alone. On SIGTERM it leaves as soon as no fault is left; it ignores Ctrl-C.',
  examples: ['gameday sentinel --port 7718', 'gameday sentinel --host 0.0.0.0 --port 7718'],
  async run(world, input) {
    const port = input.count('port', { min: 1, max: 65_535 });
    // It ends by itself when no fault is left; Ctrl-C is not for it.
    const sentinel = await world.parts.sentinel({
      host: input.requiredText('host'),
      ...(port === undefined ? {} : { port }),
    });
    world.output.result('The sentinel is ready. SIGTERM asks it to leave.');
    await sentinel.ended;
    return 0;
  },
};
