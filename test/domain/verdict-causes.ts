import type { Evidence } from '../../src/domain/evidence';
import { readingsMin, type VerdictWord } from '../../src/domain/verdict';
import { at } from '../fakes/evidence';
import { aBreach } from '../fakes/outcomes';

/** One way in which a row of the table comes to apply: what it changes, and what it then says. */
export interface Cause {
  row: 1 | 2 | 3 | 4 | 5 | 6;
  name: string;
  word: VerdictWord;
  reason: RegExp;
  change(evidence: Evidence): Evidence;
  /** What it rests on; two causes that rest on one thing exclude each other. */
  restsOn?: 'stop' | 'recovery';
}

const maria = { name: 'maria', groups: ['sre'] };

/** Changes what is known of the hold. */
export const onHold = (change: Partial<Evidence['observations'][number]>) => (evidence: Evidence) => ({
  ...evidence,
  observations: evidence.observations.map((one) => (one.purpose === 'hold' ? { ...one, ...change } : one)),
});
/** Changes what is known of the recovery. */
export const onRecovery = (change: Partial<Evidence['observations'][number]>) => (evidence: Evidence) => ({
  ...evidence,
  observations: evidence.observations.map((one) => (one.purpose === 'recovery' ? { ...one, ...change } : one)),
});
/** Changes what is known of the injection. */
export const onInjection = (change: Partial<Evidence['injections'][number]>) => (evidence: Evidence) => ({
  ...evidence,
  injections: evidence.injections.map((one) => ({ ...one, ...change })),
});
const stopped = (kind: 'abort' | 'halt' | 'blocker') => (evidence: Evidence) => ({
  ...evidence,
  stop: { kind, by: maria, reason: 'a real incident', at: at(40) },
});
const neverInjected = (evidence: Evidence) => ({
  ...evidence,
  injections: evidence.injections.map(({ injectedAt: _injectedAt, ...rest }) => rest),
});
/** Adds a breach to the hold. */
export const addBreach = (kind: 'guard' | 'expectation' | 'whole-hold') => (evidence: Evidence) => ({
  ...evidence,
  observations: evidence.observations.map((one) =>
    one.purpose === 'hold'
      ? { ...one, breaches: [...one.breaches, { ...aBreach, kind, reason: `${kind}: p95 was 900` }] }
      : one,
  ),
});

/** Every way in which each row comes to apply. */
export const causes: Cause[] = [
  {
    row: 1,
    name: 'a rollback that was not seen',
    word: 'errored',
    reason: /rollback of .* ended failed/,
    change: onInjection({ end: 'failed' }),
  },
  {
    row: 1,
    name: 'a drifted target',
    word: 'errored',
    reason: /rollback of .* ended drifted/,
    change: onInjection({ end: 'drifted' }),
  },
  {
    row: 1,
    name: 'a release by hand',
    word: 'errored',
    reason: /rollback of .* ended released/,
    change: onInjection({ end: 'released' }),
  },
  {
    row: 1,
    name: 'a rollback of which nothing is known',
    word: 'errored',
    reason: /rollback of .* ended unknown/,
    change: (evidence) => ({ ...evidence, injections: evidence.injections.map(({ end: _end, ...rest }) => rest) }),
  },
  {
    row: 2,
    name: 'nothing injected, nothing said',
    word: 'refused',
    reason: /nothing was injected/,
    change: neverInjected,
  },
  {
    row: 2,
    name: 'nothing injected and a refusal',
    word: 'refused',
    reason: /steady state was not met/,
    change: (evidence) => neverInjected({ ...evidence, refusals: [...evidence.refusals, 'steady state was not met'] }),
  },
  {
    row: 2,
    name: 'nothing injected and a tool that failed',
    word: 'errored',
    reason: /no route to the target/,
    change: (evidence) => neverInjected({ ...evidence, errors: [...evidence.errors, 'no route to the target'] }),
  },
  {
    row: 2,
    restsOn: 'stop',
    name: 'nothing injected and a person',
    word: 'aborted',
    reason: /aborted by maria: a real incident/,
    change: (evidence) => neverInjected(stopped('abort')(evidence)),
  },
  { row: 3, name: 'a tripped guard', word: 'failed', reason: /guard: p95 was 900/, change: addBreach('guard') },
  {
    row: 3,
    name: 'a breached expectation',
    word: 'failed',
    reason: /expectation: p95 was 900/,
    change: addBreach('expectation'),
  },
  {
    row: 3,
    name: 'a breach of the whole hold',
    word: 'failed',
    reason: /whole-hold: p95 was 900/,
    change: addBreach('whole-hold'),
  },
  {
    row: 3,
    restsOn: 'recovery',
    name: 'a slow recovery',
    word: 'failed',
    reason: /p95 stayed at 900/,
    change: onRecovery({ end: 'not-held', reasons: ['p95 stayed at 900'] }),
  },
  {
    row: 3,
    restsOn: 'recovery',
    name: 'a slow recovery without words',
    word: 'failed',
    reason: /recovery ended not-held/,
    change: onRecovery({ end: 'not-held', reasons: [] }),
  },
  {
    row: 4,
    restsOn: 'stop',
    name: 'an abort',
    word: 'aborted',
    reason: /aborted by maria: a real incident/,
    change: stopped('abort'),
  },
  {
    row: 4,
    restsOn: 'stop',
    name: 'a halt',
    word: 'aborted',
    reason: /halted by maria: a real incident/,
    change: stopped('halt'),
  },
  {
    row: 4,
    restsOn: 'stop',
    name: 'a blocker',
    word: 'aborted',
    reason: /stopped by blocker maria: a real incident/,
    change: stopped('blocker'),
  },
  {
    row: 5,
    name: 'lost sight',
    word: 'errored',
    reason: /lost sight for 12 s/,
    change: onHold({ end: 'lost-sight', reasons: ['lost sight for 12 s'] }),
  },
  {
    row: 5,
    name: 'lost sight without words',
    word: 'errored',
    reason: /hold-1 ended lost-sight/,
    change: onHold({ end: 'lost-sight', reasons: [] }),
  },
  {
    row: 5,
    restsOn: 'recovery',
    name: 'lost sight of the recovery',
    word: 'errored',
    reason: /recovery ended lost-sight/,
    change: onRecovery({ end: 'lost-sight' }),
  },
  {
    row: 5,
    name: 'a fault that ended early',
    word: 'errored',
    reason: /the rule was gone/,
    change: onHold({ end: 'fault-ended', reasons: ['the rule was gone'] }),
  },
  {
    row: 5,
    name: 'a hold that was cut short by nobody',
    word: 'errored',
    reason: /hold-1 ended stopped/,
    change: onHold({ end: 'stopped' }),
  },
  {
    row: 5,
    name: 'a breach that nobody described',
    word: 'errored',
    reason: /hold-1 ended breached/,
    change: onHold({ end: 'breached' }),
  },
  {
    row: 5,
    name: 'a fault that came back after its rollback',
    word: 'errored',
    reason: /came back after its rollback by a late inject/,
    change: onInjection({ cameBackAt: at(95) }),
  },
  {
    row: 5,
    name: 'a late inject that nobody looked for',
    word: 'errored',
    reason: /nobody could say whether a late inject of .* arrived/,
    change: onInjection({ isSettling: true }),
  },
  {
    row: 5,
    name: 'a hard stop',
    word: 'errored',
    reason: /ended by its hard stop/,
    change: onInjection({ isHardStopped: true }),
  },
  {
    row: 5,
    name: 'a later step that was refused',
    word: 'errored',
    reason: /the lock is held/,
    change: (evidence) => ({ ...evidence, refusals: [...evidence.refusals, 'the lock is held'] }),
  },
  {
    row: 5,
    name: 'a tool that failed later',
    word: 'errored',
    reason: /the second step could not/,
    change: (evidence) => ({ ...evidence, errors: [...evidence.errors, 'the second step could not'] }),
  },
  {
    row: 5,
    name: 'a fault that nobody watched',
    word: 'errored',
    reason: /nobody watched while payment-7f3a-1-1 was in effect/,
    change: onHold({ stepId: '9' }),
  },
  { row: 6, name: 'no hits', word: 'inconclusive', reason: /no hits/, change: onInjection({ hits: 0 }) },
  {
    row: 6,
    name: 'an effect that was not seen',
    word: 'inconclusive',
    reason: /the effect of .* was not seen/,
    change: onInjection({ effectSeen: false }),
  },
  {
    row: 6,
    name: 'too few readings',
    word: 'inconclusive',
    reason: /too few readings of p95: 2 of at least 3/,
    change: onHold({ summaries: [summary('success-rate', 60), summary('p95', readingsMin - 1)] }),
  },
  {
    row: 6,
    name: 'a signal without a word',
    word: 'inconclusive',
    reason: /too few readings of p95: 0 of at least 3/,
    change: onHold({ summaries: [summary('success-rate', 60)] }),
  },
  {
    row: 6,
    name: 'nothing expected',
    word: 'inconclusive',
    reason: /nothing was expected/,
    change: (evidence) => ({ ...evidence, plan: { ...evidence.plan, during: [], guards: [] } }),
  },
  {
    row: 6,
    restsOn: 'recovery',
    name: 'no recovery at all',
    word: 'inconclusive',
    reason: /recovery was not seen/,
    change: (evidence) => ({
      ...evidence,
      observations: evidence.observations.filter((one) => one.purpose !== 'recovery'),
    }),
  },
];

/** What a signal did, by the number of its known readings. */
export function summary(signal: string, known: number) {
  return { signal, unit: 'ms', known, unknown: 0, value: 1 };
}
