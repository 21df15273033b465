import type { Evidence, InjectionRecord } from '../../domain/evidence';
import type { Observation } from '../../domain/observation';
import type { Progress } from '../../domain/progress';

/** Tells an experiment in lines, each once, in the order in which they became known. */
export class Story {
  private readonly told = new Set<string>();

  /** The lines that this progress adds. */
  next(progress: Progress): string[] {
    return linesOf(progress)
      .filter(({ key }) => !this.told.has(key) && this.told.add(key))
      .sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0))
      .map(({ at, text }) => `${at.slice(11, 19)}  ${text}`);
  }
}

interface Line {
  key: string;
  at: string;
  text: string;
}

function linesOf({ evidence, question }: Progress): Line[] {
  return [
    ...evidence.phases.map(({ phase, startedAt }) => ({
      key: `phase ${phase} ${startedAt}`,
      at: startedAt,
      text: phase,
    })),
    ...evidence.decisions.map(({ by, at, decision, reason }) => line(at, `${decision} by ${by.name}: ${reason}`)),
    ...evidence.observations.flatMap(observationLines),
    ...evidence.injections.flatMap((injection) => injectionLines(injection, evidence.endedAt || evidence.startedAt)),
    ...(evidence.stop
      ? [line(evidence.stop.at, `${evidence.stop.kind} by ${evidence.stop.by.name}: ${evidence.stop.reason}`)]
      : []),
    ...troublesOf(evidence),
    ...(question
      ? [questionLine(evidence.experimentId, evidence.phases.at(-1)?.startedAt ?? evidence.startedAt, question)]
      : []),
  ];
}

// They carry no instant of their own and are told when they become known, unless another line says the same.
function troublesOf({ refusals, errors, endedAt, phases, startedAt, observations, injections }: Evidence): Line[] {
  const at = endedAt || (phases.at(-1)?.startedAt ?? startedAt);
  const said = [
    ...observations.flatMap(({ reasons }) => reasons),
    ...injections.flatMap(({ refusal = '', error = '' }) => [refusal, error]),
  ];
  const isNew = (text: string): boolean => !said.includes(text);
  return [
    ...refusals.filter(isNew).map((text) => ({ key: `refusal ${text}`, at, text: `  refused: ${text}` })),
    ...errors.filter(isNew).map((text) => ({ key: `error ${text}`, at, text: `  could not be done: ${text}` })),
  ];
}

function line(at: string, text: string): Line {
  return { key: `${at} ${text}`, at, text: `  ${text}` };
}

function questionLine(id: string, at: string, { approval, expiresAt }: NonNullable<Progress['question']>): Line {
  const who = `${approval.required} of ${approval.from.join(', ')}`;
  const how = `gameday approve ${id} --reason "…"`;
  return line(at, `waits for ${who} until ${expiresAt}; look at it and decide with: ${how}`);
}

function observationLines(observation: Observation): Line[] {
  const { id, purpose, end, endedAt, reasons } = observation;
  if (endedAt === '') return [];
  const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
  return [
    ...troubleLines(observation),
    { key: `${id} end`, at: endedAt, text: `  ${nameOf(id, purpose)} ${end}${why}` },
  ];
}

// Most are called after what they are for.
function nameOf(id: string, purpose: string): string {
  return id.startsWith(purpose) ? id : `${purpose} ${id}`;
}

function troubleLines({ id, gaps, temporalAway = [], rollbacks }: Observation): Line[] {
  return [
    ...gaps.map(({ from, to, seconds }) => ({ from, at: to, text: `no sight for ${seconds} s` })),
    ...temporalAway.map(({ from, to, seconds }) => ({
      ...{ from, at: to },
      text: `Temporal did not answer for ${seconds} s; the watching went on`,
    })),
    ...rollbacks.flatMap(({ injectionId, at, error }) =>
      error === undefined ? [] : [{ from: at, at, text: `its rollback of ${injectionId} did not succeed: ${error}` }],
    ),
  ].map(({ from, at, text }) => ({ key: `${id} ${from} ${text}`, at, text: `  ${id}: ${text}` }));
}

function injectionLines(injection: InjectionRecord, lastAt: string): Line[] {
  const { injectionId: id, fault, lockKey, injectedAt, rolledBackAt, end, refusal, error, notAfter } = injection;
  const lines: Line[] = [];
  if (injectedAt)
    lines.push({
      key: `${id} in`,
      at: injectedAt,
      text: `  injected ${fault} on ${lockKey}, gone by ${notAfter ?? 'its notAfter'} whatever happens`,
    });
  if (rolledBackAt)
    lines.push({
      key: `${id} out`,
      at: rolledBackAt,
      text: `  rolled back ${fault} on ${lockKey}: ${end ?? 'not seen gone'}`,
    });
  if (refusal)
    lines.push({
      key: `${id} refusal`,
      at: injection.lockedAt ?? lastAt,
      text: `  refused ${fault} on ${lockKey}: ${refusal}`,
    });
  if (error)
    lines.push({
      key: `${id} ${error}`,
      at: rolledBackAt ?? injectedAt ?? lastAt,
      text: `  ${fault} on ${lockKey}: ${error}`,
    });
  return lines;
}
