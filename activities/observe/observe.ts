import { CancelledFailure, Context, activityInfo, heartbeat } from '@temporalio/activity';
import type { Observation } from '../../src/domain/observation';
import { sightMaxMs } from '../../src/domain/sight';
import type { ObserveInput, WatchActivities } from '../contract';
import type { Tools } from '../tools';
import { BlockerWatch } from './blocker-watch';
import { concludeObservation } from './conclude';
import { Eyes } from './eyes';
import { FaultKeeper } from './fault-keeper';
import { isExperimentGone } from './gone';
import type { Ended, Look, Purpose } from './look';
import { noteGap, rememberOrStart } from './memory';
import { Rounds } from './rounds';
import { seeBaseline } from './see-baseline';
import { seeHold } from './see-hold';
import { seeRecovery } from './see-recovery';
import { SeriesWriter } from './series-writer';
import { wake } from './wake';

/** Long work with slots of its own. */
export function watchActivities(tools: Tools): WatchActivities {
  return { observe: (input) => observe(tools, input) };
}

/**
 * Watches the signals of a plan for one purpose until it has an answer. While faults are in effect it keeps their leases,
 * and on a breach, a blocker or lost sight it rolls them back itself before it says so.
 */
async function observe(tools: Tools, input: ObserveInput): Promise<Observation> {
  const info = activityInfo();
  const remembered: unknown = info.heartbeatDetails;
  const memory = rememberOrStart(input, remembered, Date.now());
  heartbeat(memory);
  const eyes = await Eyes.open(tools, input);
  const series = new SeriesWriter(tools.series, input, info.attempt, memory.chunks);
  const rounds = new Rounds(input, memory, eyes, series);
  const keeper = new FaultKeeper(tools, input, memory, () => isInSight(look));
  const look: Look = { tools, input, memory, eyes, rounds, keeper };
  const blockers = new BlockerWatch(tools, input);
  try {
    const ended = memory.ended ?? (await watchUntilEnded(look, purposeOf(input, blockers), blockers, series));
    return await concludeObservation(look, ended, () => series.written);
  } finally {
    keeper.close();
    blockers.close();
    await eyes.close();
    series.flush(eyes, Date.now(), true);
  }
}

function purposeOf(input: ObserveInput, blockers: BlockerWatch): Purpose {
  if (input.purpose === 'hold') return seeHold(blockers);
  return input.purpose === 'baseline' ? seeBaseline : seeRecovery;
}

async function watchUntilEnded(
  look: Look,
  purpose: Purpose,
  blockers: BlockerWatch,
  series: SeriesWriter,
): Promise<Ended> {
  look.keeper.start();
  blockers.start();
  purpose.begin(look, Date.now());
  for (;;) {
    const ended = (await cancelled(look)) ?? (await lookOnce(look, purpose));
    series.flush(look.eyes, Date.now());
    look.memory.chunks = series.written;
    // Remembered before anything follows from it: whoever goes on after a crash concludes with the same answer.
    if (ended && ended.end !== 'held') look.memory.ended = ended;
    heartbeat(look.memory);
    if (ended) return ended;
    await wake(purpose.nextAtMs(look, Date.now()), Context.current().cancellationSignal);
  }
}

async function lookOnce(look: Look, purpose: Purpose): Promise<Ended | undefined> {
  const nowMs = Date.now();
  const pauseMs = noteGap(look.memory, nowMs);
  return lostFor(look, pauseMs) ?? purpose.look(look, nowMs);
}

/** A pause that is too long while a fault is in effect: nobody could have seen harm, so it ends. */
function lostFor({ input }: Look, pauseMs: number): Ended | undefined {
  if (input.purpose !== 'hold' || pauseMs <= sightMaxMs) return undefined;
  return { end: 'lost-sight', reasons: [`lost sight for ${Math.round(pauseMs / 1000)} s: nobody was watching`] };
}

/**
 * What to do when told to stop. A shutting worker and a newer attempt leave the faults to whoever goes on; otherwise
 * nobody may go on, and the faults are rolled back from here.
 */
async function cancelled(look: Look): Promise<Ended | undefined> {
  const context = Context.current();
  if (!context.cancellationSignal.aborted) return undefined;
  const details = context.cancellationDetails;
  if (details?.cancelRequested) return { end: 'stopped', reasons: ['the experiment was stopped'] };
  if (details?.notFound && (await isExperimentGone(look.tools)))
    return { end: 'stopped', reasons: ['the experiment was ended from outside'] };
  throw new CancelledFailure('this attempt is over; another one goes on');
}

function isInSight({ memory, input }: Look): boolean {
  const nowMs = Date.now();
  const judged = new Set([...input.plan.during, ...input.plan.guards].map((one) => one.signal));
  return [...judged].every((signal) => nowMs - (memory.tallies[signal]?.sightAtMs ?? 0) <= sightMaxMs);
}
