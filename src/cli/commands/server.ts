import type { Command } from '../command';
import { runPart } from '../run-part';

/** Runs the API as a process of its own. */
export const command: Command = {
  name: 'server',
  summary: 'run the API as a process of its own',
  options: [
    { flags: '--host <address>', description: 'where to listen', default: '127.0.0.1' },
    { flags: '--port <port>', description: 'the port; default a free one' },
  ],
  details:
    'Needs a Temporal cluster (TEMPORAL_ADDRESS, or TEMPORAL_PROFILE of temporal.toml) or one that "gameday up" started here. Every path but /health asks for a token.',
  examples: ['gameday server --host 0.0.0.0 --port 7717'],
  async run(world, input) {
    const port = input.count('port', { min: 1, max: 65_535 });
    const host = input.requiredText('host');
    const log = (line: string): void => world.output.note(line);
    return runPart(world, 'server', await world.parts.server({ host, log, ...(port === undefined ? {} : { port }) }));
  },
};
