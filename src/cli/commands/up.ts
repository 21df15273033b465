import { AlreadyUp } from '../../embedded/already-up';
import { errorMessage } from '../../embedded/error-code';
import { usageExitCode } from '../cli-error';
import { tellLeft, tellRemaining } from '../tell-remaining';
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
    if (running?.pid !== undefined && !running.isLeaving) return tellRunning(world, running);
    const port = input.count('port', { min: 1, max: 65_535 });
    const log = (line: string): void => world.output.note(line);
    // From now on, because a start that is cut short would leave its children behind.
    const interrupted = untilInterrupted(world);
    const options = { log, isVerbose: input.has('verbose'), ...(port === undefined ? {} : { port }) };
    const up = await world.bringUp(options).catch(noteIfAlreadyUp);
    if (up instanceof AlreadyUp) return tellRunning(world, up.note);
    tellWhere(world, up);
    return untilStopped(world, up, { interrupted, keep: input.has('keep') });
  },
};

/** Another one was quicker by a moment. */
function noteIfAlreadyUp(error: unknown): AlreadyUp {
  if (error instanceof AlreadyUp) return error;
  throw error;
}

function tellRunning({ output }: World, { url = '', pid = 0 }: { url?: string; pid?: number }): number {
  output.result(`Gameday runs in this folder already, at ${url} (process ${pid}).`);
  return 0;
}

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

/** Winds down at Ctrl-C, and as well as it can when a part has failed. */
async function untilStopped(
  world: World,
  up: RunningUp,
  { interrupted, keep }: { interrupted: Promise<void>; keep: boolean },
): Promise<number> {
  try {
    await Promise.race([interrupted, up.ended]);
  } catch (error) {
    world.output.note(`${world.output.notePaint.red('error:')} Gameday cannot go on: ${errorMessage(error)}`);
    await windDown(world, up, keep);
    return usageExitCode;
  }
  return windDown(world, up, keep);
}

async function windDown(world: World, up: RunningUp, keep: boolean): Promise<number> {
  world.output.note('Stopping: every fault is rolled back first. Ctrl-C again leaves at once.');
  const hurried = untilInterrupted(world);
  const stopped = up.stop({ keep, log: (line) => world.output.note(line) });
  const left = await Promise.race([stopped, hurried]);
  if (left !== undefined) return tellLeft(world, left) ? usageExitCode : 0;
  const { faults, troubles } = await up.remaining().catch((error: unknown) => noneAsked(error));
  tellRemaining(world, faults, troubles);
  return usageExitCode;
}

function noneAsked(error: unknown): Awaited<ReturnType<RunningUp['remaining']>> {
  return { faults: [], troubles: [`what is left: ${errorMessage(error)}`] };
}
