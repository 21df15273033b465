import type { Evidence, InjectionRecord } from '../domain/evidence';
import type { Observation } from '../domain/observation';
import { injectStepsOf } from '../domain/step';
import type { Verdict } from '../domain/verdict';

/** Something that happened, as one line of a story. */
export interface TimelineEvent {
  at: string;
  tone: 'plain' | 'harm' | 'bad' | 'good';
  text: string;
}

/** Everything that happened with an instant of its own, in order. */
export function eventsOf(evidence: Evidence, verdict: Verdict): TimelineEvent[] {
  const events = [
    event(evidence.startedAt, 'plain', `started by ${evidence.startedBy.name}`),
    ...evidence.decisions.map((one) =>
      event(one.at, one.decision === 'approved' ? 'good' : 'bad', `${one.decision} by ${one.by.name}: ${one.reason}`),
    ),
    ...evidence.observations.flatMap(observationEvents),
    ...evidence.injections.flatMap((injection) => injectionEvents(evidence, injection)),
    ...(evidence.stop ? [stopEvent(evidence.stop)] : []),
    event(evidence.endedAt, verdict.verdict === 'passed' ? 'good' : 'bad', `verdict: ${verdict.verdict}`),
  ];
  return events.sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
}

function observationEvents(one: Observation): TimelineEvent[] {
  const gaps = one.gaps.map((gap) => event(gap.from, 'bad', `nobody watched for ${gap.seconds} s`));
  const away = (one.temporalAway ?? []).map((gap) =>
    event(gap.from, 'bad', `Temporal did not answer for ${gap.seconds} s; the watching went on`),
  );
  const breaches = one.breaches.map((breach) => event(breach.at, 'bad', breach.reason));
  const recovered = one.recoveredAt ? [event(one.recoveredAt, 'good', 'back in steady state')] : [];
  const ended =
    one.end === 'held' || one.end === 'breached' ? [] : one.reasons.map((why) => event(one.endedAt, 'bad', why));
  const steady =
    one.purpose === 'baseline' && one.end === 'held' ? [event(one.endedAt, 'good', 'steady state held')] : [];
  return [...gaps, ...away, ...breaches, ...recovered, ...ended, ...steady];
}

function injectionEvents({ plan }: Evidence, one: InjectionRecord): TimelineEvent[] {
  const step = plan.steps.flatMap(injectStepsOf).find((planned) => planned.id === one.stepId);
  const length = step ? ` for ${step.forMs / 1_000} s` : '';
  return [
    ...(one.injectedAt
      ? [event(one.injectedAt, 'harm', `${one.fault} in effect on ${one.targets.join(', ')}${length}`)]
      : []),
    ...(one.rolledBackAt
      ? [event(one.rolledBackAt, isGone(one) ? 'good' : 'bad', `${one.fault} rolled back: ${one.end ?? 'unknown'}`)]
      : []),
  ];
}

function isGone(one: InjectionRecord): boolean {
  return one.end === 'absent' || one.end === 'gone';
}

const stopVerbs = { abort: 'aborted by', halt: 'halted by', blocker: 'stopped by blocker' } as const;

function stopEvent(stop: NonNullable<Evidence['stop']>): TimelineEvent {
  return event(stop.at, 'bad', `${stopVerbs[stop.kind]} ${stop.by.name}: ${stop.reason}`);
}

function event(at: string, tone: TimelineEvent['tone'], text: string): TimelineEvent {
  return { at, tone, text };
}
