import type { Observation, SignalSummary } from '../../src/domain/observation';
import type { PlannedSignal, Reading } from '../../src/domain/signal';
import type { Ended, Look } from './look';

/** Rolls back where the end asks for it, then sums the observation up. */
export async function concludeObservation(look: Look, ended: Ended, chunks: () => number): Promise<Observation> {
  const { input, memory, keeper, rounds } = look;
  const mustRollBack = input.injections.length > 0 && ended.end !== 'held';
  const rollbacks = mustRollBack ? await keeper.rollBack(ended.reasons.join('; ')) : [];
  const nowMs = Date.now();
  const whole = await rounds.readWhole(nowMs);
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
    summaries: input.plan.signals.map((signal) => summarise(look, signal, whole)),
    baseline: ended.baseline ?? {},
    breaches: ended.breaches ?? [],
    gaps: memory.gaps,
    faults: Object.values(memory.faults),
    rollbacks,
    chunks: chunks(),
  };
}

function summarise({ memory, eyes }: Look, signal: PlannedSignal, whole: Reading[]): SignalSummary {
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
