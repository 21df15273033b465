import type { Evidence, InjectionRecord } from './evidence';
import type { Observation } from './observation';
import { passedReasons } from './passed-reasons';

/** The six words an experiment can end with. */
export type VerdictWord = 'passed' | 'failed' | 'aborted' | 'refused' | 'errored' | 'inconclusive';

/** How an experiment ended, decided from evidence alone; `rule` is the row of the table that applied. */
export interface Verdict {
  verdict: VerdictWord;
  rule: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** In plain words with the numbers; never empty. */
  reasons: string[];
}

/** What `gameday run` exits with. */
export const exitCodes: Record<VerdictWord, number> = {
  passed: 0,
  failed: 1,
  errored: 2,
  refused: 3,
  aborted: 4,
  inconclusive: 5,
};

/** Fewer known readings of an expected signal than this are too few to say that it held. */
export const readingsMin = 3;

type Rule = (evidence: Evidence) => Verdict | undefined;

/** Decides from evidence alone; the first rule of the table that applies. */
export function decideVerdict(evidence: Evidence): Verdict {
  for (const rule of rules) {
    const verdict = rule(evidence);
    if (verdict) return verdict;
  }
  return { verdict: 'passed', rule: 7, reasons: passedReasons(evidence) };
}

const rules: Rule[] = [rollbackFailed, nothingInjected, hypothesisBroken, stoppedByPerson, couldNotTell, tooLittleSeen];

function rollbackFailed(evidence: Evidence): Verdict | undefined {
  const reasons = evidence.injections
    .filter((injection) => injection.preparedAt !== undefined && !isGone(injection))
    .map(
      (injection) => `rollback of ${injection.injectionId} ended ${injection.end ?? 'unknown'}${because(injection)}`,
    );
  return reasons.length > 0 ? { verdict: 'errored', rule: 1, reasons } : undefined;
}

function isGone(injection: InjectionRecord): boolean {
  return injection.end === 'absent' || injection.end === 'gone';
}

function because(injection: InjectionRecord): string {
  const why = injection.error ?? injection.rollbackEvidence;
  return why === undefined ? '' : `: ${why}`;
}

function nothingInjected(evidence: Evidence): Verdict | undefined {
  if (injected(evidence).length > 0) return undefined;
  if (evidence.stop) return { verdict: 'aborted', rule: 2, reasons: [stopReason(evidence), 'nothing was injected'] };
  if (evidence.errors.length > 0) return { verdict: 'errored', rule: 2, reasons: evidence.errors };
  const reasons = evidence.refusals.length > 0 ? evidence.refusals : ['nothing was injected'];
  return { verdict: 'refused', rule: 2, reasons };
}

function injected(evidence: Evidence): InjectionRecord[] {
  return evidence.injections.filter((injection) => injection.injectedAt !== undefined);
}

function hypothesisBroken(evidence: Evidence): Verdict | undefined {
  const breaches = evidence.observations.flatMap((observation) =>
    observation.purpose === 'hold' ? observation.breaches.map((breach) => breach.reason) : [],
  );
  const slow = evidence.observations
    .filter((observation) => observation.purpose === 'recovery' && observation.end === 'not-held')
    .flatMap((observation) => reasonsOf(observation));
  const reasons = [...breaches, ...slow];
  return reasons.length > 0 ? { verdict: 'failed', rule: 3, reasons } : undefined;
}

function stoppedByPerson(evidence: Evidence): Verdict | undefined {
  return evidence.stop ? { verdict: 'aborted', rule: 4, reasons: [stopReason(evidence)] } : undefined;
}

const stopVerbs = { abort: 'aborted by', halt: 'halted by', blocker: 'stopped by blocker' } as const;

function stopReason(evidence: Evidence): string {
  const { stop } = evidence;
  return stop ? `${stopVerbs[stop.kind]} ${stop.by.name}: ${stop.reason}` : '';
}

function couldNotTell(evidence: Evidence): Verdict | undefined {
  const reasons = [
    ...evidence.observations.flatMap(lostReasons),
    ...unwatchedReasons(evidence),
    ...endedEarly(evidence),
    ...evidence.injections.flatMap(lateReasons),
    ...evidence.refusals,
    ...evidence.errors,
  ];
  return reasons.length > 0 ? { verdict: 'errored', rule: 5, reasons } : undefined;
}

/** A hold that ended in any way but by its time or by a breach was cut short, whoever forgot to say why. */
function lostReasons(observation: Observation): string[] {
  const isCutShort = observation.purpose === 'hold' && observation.end !== 'held';
  const isLost = observation.end === 'lost-sight' || observation.end === 'fault-ended';
  return isCutShort || isLost ? reasonsOf(observation) : [];
}

function reasonsOf({ id, end, reasons }: Observation): string[] {
  return reasons.length > 0 ? reasons : [`${id} ended ${end}`];
}

/** Steps that harmed and that nobody watched while they did. */
function unwatchedReasons(evidence: Evidence): string[] {
  const watched = evidence.observations.flatMap((one) => (one.purpose === 'hold' ? [one.stepId] : []));
  return injected(evidence)
    .filter(({ stepId }) => !watched.includes(stepId) && !watched.includes(stepId.split('.')[0]))
    .map(({ injectionId }) => `nobody watched while ${injectionId} was in effect`);
}

function endedEarly(evidence: Evidence): string[] {
  return injected(evidence)
    .filter((injection) => injection.isHardStopped)
    .map((injection) => `${injection.injectionId} was ended by its hard stop, not by its experiment`);
}

/** A fault that came back was in effect while nobody watched; one that may have done so is no better. */
function lateReasons({ injectionId, cameBackAt, isSettling }: InjectionRecord): string[] {
  return [
    ...(cameBackAt === undefined
      ? []
      : [`${injectionId} came back after its rollback by a late inject, seen and removed again at ${cameBackAt}`]),
    ...(isSettling ? [`nobody could say whether a late inject of ${injectionId} arrived after its rollback`] : []),
  ];
}

function tooLittleSeen(evidence: Evidence): Verdict | undefined {
  const expected = [...new Set([...evidence.plan.during, ...evidence.plan.guards].map((one) => one.signal))];
  const reasons = [
    ...injected(evidence).flatMap(unseenReasons),
    ...evidence.observations.flatMap((observation) => fewReasons(observation, expected)),
  ];
  if (expected.length === 0) reasons.push('nothing was expected of the system while the fault was in effect');
  if (!hasRecovered(evidence)) reasons.push('recovery was not seen');
  return reasons.length > 0 ? { verdict: 'inconclusive', rule: 6, reasons } : undefined;
}

function unseenReasons(injection: InjectionRecord): string[] {
  if (injection.countsHits && (injection.hits ?? 0) === 0)
    return [`no hits: nothing met the fault of ${injection.injectionId}`];
  return injection.effectSeen
    ? []
    : [`the effect of ${injection.injectionId} was not seen after inject and before rollback`];
}

/** Signals that something was expected of, whether or not the observation has anything to say of them. */
function fewReasons(observation: Observation, expected: string[]): string[] {
  if (observation.purpose !== 'hold') return [];
  return expected.flatMap((signal) => {
    const known = observation.summaries.find((summary) => summary.signal === signal)?.known ?? 0;
    return known < readingsMin ? [`too few readings of ${signal}: ${known} of at least ${readingsMin}`] : [];
  });
}

function hasRecovered(evidence: Evidence): boolean {
  return evidence.observations.some((one) => one.purpose === 'recovery' && one.end === 'held');
}
