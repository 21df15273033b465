import { exitCodes } from '../domain/verdict';
import type { StartedAnswer } from '../api/answers';
import { errorMessage } from '../embedded/error-code';
import type { StartRequest } from './api';
import { CliError } from './cli-error';
import type { CommandInput } from './command-input';
import { conclude, type Conclusion } from './conclude';
import { refuseOtherEnvironments } from './refuse-other-environments';
import { readScenario } from './read-scenario';
import { openSession, type Session } from './session';
import { remainingIn, tellLeft, tellRemaining } from './tell-remaining';
import { watchToEnd, type WatchedEnd } from './watch-to-end';
import type { World } from './world';

/** Starts a scenario, shows it to its end, and hands its conclusion to `print`. Resolves to the exit code. */
export async function runScenario(
  world: World,
  input: CommandInput,
  isRehearsal: boolean,
  print: (conclusion: Conclusion) => void,
): Promise<number> {
  const request = await readScenario(input, isRehearsal);
  await refuseOtherEnvironments(world, `Could not start ${request.file}`);
  const early = noteInterrupts(world);
  const session = await openSession(world);
  if (early.stop()) return leaveBeforeStart(world, session);
  const run: Run = { mayClose: true };
  let [exitCode, mayBeLeft] = [0, false];
  try {
    exitCode = await runIn(world, session, request, run, print);
  } finally {
    if (run.mayClose) mayBeLeft = tellLeft(world, await session.close(run.ended));
  }
  return mayBeLeft ? exitCodes.errored : exitCode;
}

/** How far a run has come. */
interface Run {
  /** Whether what was brought up for it is to be stopped in order. */
  mayClose: boolean;
  /** The experiment, once nobody has to wait for it any more. */
  ended?: string;
}

async function runIn(
  world: World,
  session: Session,
  request: StartRequest,
  run: Run,
  print: (conclusion: Conclusion) => void,
): Promise<number> {
  const started = await session.api.start(request);
  const { experimentId } = started;
  tellStart(world, started, request.isRehearsal);
  const watched = await watchToEnd(world, session.api, experimentId, 'abort-then-leave', session.failed);
  run.ended = experimentId;
  if (watched.kind === 'left' && session.failed?.aborted) throw notSeenToItsEnd(experimentId, session.failed);
  run.mayClose = watched.kind === 'ended';
  if (watched.kind === 'left') return leave(world, session, experimentId, watched);
  const conclusion = await conclude(world, session.api, experimentId, watched);
  print(conclusion);
  return conclusion.exitCode;
}

function notSeenToItsEnd(id: string, failed: AbortSignal): CliError {
  const help = `"gameday faults" asks the targets what is left; the next "gameday up" goes on with ${id}.`;
  return new CliError(`Could not see ${id} to its end`, errorMessage(failed.reason), help);
}

function tellStart({ output }: World, { experimentId, plan, planHash }: StartedAnswer, isRehearsal: boolean): void {
  const what = isRehearsal ? 'Rehearsal' : 'Experiment';
  output.note(`${what} ${experimentId}: ${plan.name} in ${plan.environment.name}, plan ${planHash.slice(0, 12)}`);
}

function noteInterrupts(world: World): { stop(): boolean } {
  let isInterrupted = false;
  const forget = world.onInterrupt(() => {
    isInterrupted = true;
    world.output.note('Stopping before anything is started.');
  });
  return { stop: () => (forget(), isInterrupted) };
}

async function leaveBeforeStart(world: World, session: Session): Promise<number> {
  const mayBeLeft = tellLeft(world, await session.close());
  world.output.note('Nothing was started.');
  return mayBeLeft ? exitCodes.errored : exitCodes.aborted;
}

function leave(world: World, session: Session, id: string, { progress }: WatchedEnd): number {
  world.output.note(`Left ${id} before its end.`);
  tellRemaining(world, remainingIn(progress));
  const after = session.own
    ? 'Its worker ends with this command; the sentinel stays until no fault is left.'
    : `It goes on; "gameday watch ${id}" shows it.`;
  world.output.note(after);
  return exitCodes.aborted;
}
