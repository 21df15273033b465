import type { InjectionRecord } from '../../domain/evidence';
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
    ...(question
      ? [questionLine(evidence.experimentId, evidence.phases.at(-1)?.startedAt ?? evidence.startedAt, question)]
      : []),
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

function observationLines({ id, purpose, end, endedAt, reasons, gaps }: Observation): Line[] {
  if (endedAt === '') return [];
  const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
  const lines = gaps.map((gap) => ({
    key: `${id} gap ${gap.from}`,
    at: gap.to,
    text: `  ${id}: no sight for ${gap.seconds} s`,
  }));
  return [...lines, { key: `${id} end`, at: endedAt, text: `  ${purpose} ${id} ${end}${why}` }];
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
