import type { Command } from '../command';
import { runPart } from '../run-part';

/** Runs a worker as a process of its own. */
export const command: Command = {
  name: 'worker',
  summary: 'run a worker as a process of its own, near the targets of its environments',
  options: [
    { flags: '--environment <name>', description: 'one to serve; default all that have a file', isRepeatable: true },
    { flags: '--metrics-host <address>', description: 'where its metrics are served', default: '127.0.0.1' },
    { flags: '--metrics-port <port>', description: 'port of its metrics; default a free one' },
    { flags: '--verbose', description: 'show what Temporal says' },
  ],
  details:
    'Needs a Temporal cluster (TEMPORAL_ADDRESS, or TEMPORAL_PROFILE of temporal.toml) or one that "gameday up" started here. Ctrl-C lets what is under way end.',
  examples: ['gameday worker', 'gameday worker --environment staging --environment demo'],
  async run(world, input) {
    const port = input.count('metricsPort', { min: 1, max: 65_535 });
    const worker = await world.parts.worker({
      environments: input.texts('environment'),
      metricsHost: input.requiredText('metricsHost'),
      isVerbose: input.has('verbose'),
      log: (line) => world.output.note(line),
      ...(port === undefined ? {} : { metricsPort: port }),
    });
    return runPart(world, 'worker', worker);
  },
};
