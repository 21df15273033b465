import { exitCodes } from '../domain/verdict';
import type { StartedAnswer } from '../api/answers';
import type { CommandInput } from './command-input';
import { conclude, type Conclusion } from './conclude';
import { readScenario } from './read-scenario';
import { openSession, type Session } from './session';
import { remainingIn, tellRemaining } from './tell-remaining';
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
  const early = noteInterrupts(world);
  const session = await openSession(world);
  if (early.stop()) return leaveBeforeStart(world, session);
  let mayClose = true;
  let ended: string | undefined;
  try {
    const started = await session.api.start(request);
    tellStart(world, started, isRehearsal);
    const watched = await watchToEnd(world, session.api, started.experimentId, 'abort-then-leave');
    mayClose = watched.kind === 'ended';
    ended = started.experimentId;
    if (watched.kind === 'left') return leave(world, session, started.experimentId, watched);
    const conclusion = await conclude(world, session.api, started.experimentId, watched);
    print(conclusion);
    return conclusion.exitCode;
  } finally {
    if (mayClose) await session.close(ended);
  }
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
  await session.close();
  world.output.note('Nothing was started.');
  return exitCodes.aborted;
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
