import { heartbeat } from '@temporalio/activity';
import type { Observation, SignalSummary } from '../../src/domain/observation';
import type { PlannedSignal, Reading } from '../../src/domain/signal';
import type { Ended, Look } from './look';

/**
 * Ends the faults first: rolled back from here where the end asks for it, else told to their injections. Only then are the
 * probes closed, which may take seconds, and the observation summed up.
 */
export async function concludeObservation(look: Look, ended: Ended, chunks: () => number): Promise<Observation> {
  const beat = beating(look);
  try {
    const rollbacks = await endFaults(look, ended);
    look.keeper.close();
    const nowMs = Date.now();
    await look.eyes.close();
    const whole = await look.rounds.readWindows(nowMs);
    return observationOf(look, undelivered(ended, whole), rollbacks, whole, nowMs, chunks());
  } finally {
    clearInterval(beat);
  }
}

/** Rolling back and closing may outlast the heartbeat time-out; whoever watches the watcher is told that it still works. */
function beating({ memory }: Look): NodeJS.Timeout {
  return setInterval(() => heartbeat(memory), 1_000);
}

async function endFaults({ input, keeper, tools }: Look, ended: Ended): Promise<Observation['rollbacks']> {
  if (ended.end !== 'held') return keeper.rollBack(ended.reasons.join('; '));
  const telling = input.injections.map((one) =>
    tools.orchestrator.tellRollBack(one.lockKey, one.injectionId, 'the hold is over'),
  );
  await Promise.allSettled(telling);
  return [];
}

/** What a probe could not hand on by its end is missing from the evidence, so that nothing may count as seen. */
function undelivered(ended: Ended, whole: Reading[]): Ended {
  const reasons = whole.flatMap((one) => (one.state === 'error' ? [`lost sight of ${one.signal}: ${one.reason}`] : []));
  return ended.end === 'held' && reasons.length > 0 ? { ...ended, end: 'lost-sight', reasons } : ended;
}

function observationOf(
  { input, memory, eyes }: Look,
  ended: Ended,
  rollbacks: Observation['rollbacks'],
  whole: Reading[],
  nowMs: number,
  chunks: number,
): Observation {
  return {
    id: input.id,
    purpose: input.purpose,
    ...(input.stepId === undefined ? {} : { stepId: input.stepId }),
    startedAt: instant(memory.startedAtMs),
    endedAt: instant(nowMs),
    ...(memory.heldFromMs === undefined ? {} : { heldFrom: instant(memory.heldFromMs) }),
    ...(ended.recoveredAt === undefined ? {} : { recoveredAt: ended.recoveredAt }),
    end: ended.end,
    reasons: ended.reasons,
    summaries: input.plan.signals.map((signal) => summarise({ memory, eyes }, signal, whole)),
    baseline: ended.baseline ?? {},
    breaches: ended.breaches ?? [],
    gaps: memory.gaps,
    ...(memory.temporalAway.length > 0 ? { temporalAway: memory.temporalAway } : {}),
    faults: Object.values(memory.faults),
    rollbacks,
    chunks,
  };
}

function summarise(
  { memory, eyes }: Pick<Look, 'memory' | 'eyes'>,
  signal: PlannedSignal,
  whole: Reading[],
): SignalSummary {
  const tally = memory.tallies[signal.name] ?? { known: 0, unknown: 0, sightAtMs: 0 };
  const reading = eyes.isWindowed(signal) ? whole.find((one) => one.signal === signal.name) : tally.last;
  return {
    signal: signal.name,
    unit: signal.unit,
    known: tally.known,
    unknown: tally.unknown,
    ...(reading?.state === 'ok' ? { value: reading.value, n: reading.n } : {}),
    ...(tally.min === undefined ? {} : { min: tally.min }),
    ...(tally.max === undefined ? {} : { max: tally.max }),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
