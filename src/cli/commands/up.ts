import { tellRemaining } from '../tell-remaining';
import { untilInterrupted } from '../until-interrupted';
import type { Command } from '../command';
import type { RunningUp, World } from '../world';

/** Runs the embedded everything until it is stopped. */
export const command: Command = {
  name: 'up',
  summary: 'start Temporal, worker, sentinel, API and store on loopback until Ctrl-C',
  options: [
    { flags: '--port <port>', description: 'port of the API; default a free one' },
    { flags: '--keep', description: 'at the end, leave experiments without a fault in effect open for the next start' },
    { flags: '--verbose', description: "show what Temporal's worker says" },
  ],
  details:
    'On Ctrl-C or SIGTERM every fault is rolled back and seen gone before anything ends; a second Ctrl-C leaves at once ' +
    'and says which faults remain and when each expires.',
  examples: ['gameday up', 'gameday up --port 7717 --keep'],
  async run(world, input) {
    const running = await world.findApi();
    if (running?.pid !== undefined) {
      world.output.result(`Gameday runs in this folder already, at ${running.url} (process ${running.pid}).`);
      return 0;
    }
    const port = input.count('port', { min: 1, max: 65_535 });
    const log = (line: string): void => world.output.note(line);
    // From now on, because a start that is cut short would leave its children behind.
    const interrupted = untilInterrupted(world);
    const up = await world.bringUp({ log, isVerbose: input.has('verbose'), ...(port === undefined ? {} : { port }) });
    tellWhere(world, up);
    await interrupted;
    return windDown(world, up, input.has('keep'));
  },
};

function tellWhere({ output, settings }: World, up: RunningUp): void {
  output.result(
    [
      `API          ${up.url}`,
      `Temporal     ${up.temporalAddress}`,
      ...(up.temporalUiUrl === undefined ? [] : [`Temporal UI  ${up.temporalUiUrl}`]),
      `environments ${up.environments.join(', ') || 'none'}`,
      `files        ${settings.stateDir}`,
      'Ready. Ctrl-C rolls everything back and stops.',
    ].join('\n'),
  );
}

async function windDown(world: World, up: RunningUp, keep: boolean): Promise<number> {
  world.output.note('Stopping: every fault is rolled back first. Ctrl-C again leaves at once.');
  const hurried = untilInterrupted(world).then(() => 'hurried' as const);
  const stopped = up.stop({ keep, log: (line) => world.output.note(line) }).then(() => 'stopped' as const);
  if ((await Promise.race([stopped, hurried])) === 'stopped') return 0;
  tellRemaining(world, await up.remaining().catch(() => []));
  return 2;
}
