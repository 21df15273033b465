import type { Evidence, InjectionRecord } from '../domain/evidence';
import type { Observation } from '../domain/observation';
import type { Plan } from '../domain/plan';
import { injectStepsOf } from '../domain/step';

/** A stretch of time in ms, with how finely it could be told; `ms` is null when it never happened. */
export interface Timing {
  ms: number | null;
  resolutionMs: number;
}

/** From harm to notice, from the end of the hold to the fault's removal, from removal to steady state. */
export interface Timings {
  detect: Timing;
  rollback: Timing;
  recovery: Timing;
}

/** Instants are kept to the millisecond; nothing is told finer than that. */
const clockMs = 1;

/** Measures an experiment from its evidence; of several injections the slowest rollback counts. */
export function timingsOf(evidence: Evidence): Timings {
  return { detect: detectOf(evidence), rollback: rollbackOf(evidence), recovery: recoveryOf(evidence) };
}

function detectOf({ observations, plan }: Evidence): Timing {
  const hold = observations.find((one) => one.purpose === 'hold' && one.breaches.length > 0);
  const breach = hold && [...hold.breaches].sort((left, right) => (left.at < right.at ? -1 : 1))[0];
  const signals = breach ? [breach.signal] : [...plan.during, ...plan.guards].map((one) => one.signal);
  const ms = breach && hold.heldFrom ? between(hold.heldFrom, breach.at) : null;
  return { ms, resolutionMs: slowestRhythm(plan, signals) };
}

function rollbackOf(evidence: Evidence): Timing {
  const lasted = evidence.injections.flatMap((injection) => {
    const dueAt = rollbackDueAt(evidence, injection);
    return dueAt !== undefined && injection.rolledBackAt ? [between(dueAt, injection.rolledBackAt)] : [];
  });
  return { ms: lasted.length > 0 ? Math.max(...lasted) : null, resolutionMs: clockMs };
}

function recoveryOf({ observations, injections, plan }: Evidence): Timing {
  const recoveredAt = observations.find((one) => one.purpose === 'recovery' && one.end === 'held')?.recoveredAt;
  const removedAt = latest(injections.flatMap((injection) => injection.rolledBackAt ?? []));
  const ms = recoveredAt && removedAt ? between(removedAt, recoveredAt) : null;
  const signals = plan.recovery.expect.map((one) => one.signal);
  return { ms, resolutionMs: slowestRhythm(plan, signals) };
}

/** When a rollback should have begun: at the first of a breach, a stop and the planned end of the hold. */
function rollbackDueAt(evidence: Evidence, injection: InjectionRecord): string | undefined {
  const { injectedAt, rolledBackAt, stepId } = injection;
  if (injectedAt === undefined || rolledBackAt === undefined) return undefined;
  const holds = evidence.observations.filter((one) => one.purpose === 'hold' && holdsStep(one, stepId));
  const ends = holds.flatMap((hold) => [...hold.breaches.map((breach) => breach.at), ...plannedEnd(evidence, hold)]);
  const reasons = [...ends, ...(evidence.stop ? [evidence.stop.at] : []), ...holds.map((hold) => hold.endedAt)];
  return reasons.filter((instant) => instant >= injectedAt && instant <= rolledBackAt).sort()[0];
}

/** The members of a parallel group are watched together, under the id of the group. */
function holdsStep(hold: Observation, stepId: string): boolean {
  return hold.stepId === stepId || stepId.startsWith(`${hold.stepId}.`);
}

function plannedEnd({ plan }: Evidence, hold: Observation): string[] {
  const step = plan.steps.find((one) => one.id === hold.stepId);
  if (!step || !hold.heldFrom) return [];
  const longestMs = Math.max(0, ...injectStepsOf(step).map((one) => one.forMs));
  return [new Date(Date.parse(hold.heldFrom) + longestMs).toISOString()];
}

function slowestRhythm(plan: Plan, names: string[]): number {
  const rhythms = plan.signals.filter((signal) => names.includes(signal.name)).map((signal) => signal.everyMs);
  return Math.max(clockMs, ...rhythms);
}

function latest(instants: string[]): string | undefined {
  return instants.sort().at(-1);
}

function between(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
