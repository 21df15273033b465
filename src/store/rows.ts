import type { Evidence } from '../domain/evidence';
import type { ExperimentRow, SeriesChunk } from '../domain/evidence-store';
import type { Verdict, VerdictWord } from '../domain/verdict';
import { exitCodes } from '../domain/verdict';
import type { ChunkTable, ExperimentTable } from './database';

/** A line of the list as the table holds it. */
export function experimentToTable(row: ExperimentRow): ExperimentTable {
  const { endedAt, verdict, isRehearsal, ...rest } = row;
  const startedBy = storableText(rest.startedBy);
  return { ...rest, startedBy, isRehearsal: isRehearsal ? 1 : 0, endedAt: endedAt ?? null, verdict: verdict ?? null };
}

/** A person's text as every engine takes it: a NUL, which is none to Postgres, becomes the replacement character. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}

/** A line of the list as the port promises it. */
export function experimentFromTable(row: ExperimentTable): ExperimentRow {
  const { endedAt, verdict, isRehearsal, ...rest } = row;
  return {
    ...rest,
    isRehearsal: isRehearsal === 1,
    ...(endedAt === null ? {} : { endedAt }),
    ...(isVerdictWord(verdict) ? { verdict } : {}),
  };
}

/** The line of an experiment that has ended. */
export function experimentOf(evidence: Evidence, verdict: Verdict): ExperimentRow {
  return {
    experimentId: evidence.experimentId,
    scenario: evidence.plan.name,
    environment: evidence.plan.environment.name,
    isRehearsal: evidence.isRehearsal,
    startedBy: evidence.startedBy.name,
    startedAt: evidence.startedAt,
    endedAt: evidence.endedAt,
    verdict: verdict.verdict,
  };
}

/** A chunk as the table holds it. */
export function chunkToTable(chunk: SeriesChunk): ChunkTable {
  return { ...chunk, readings: JSON.stringify(chunk.readings), samples: JSON.stringify(chunk.samples) };
}

/** A chunk as the port promises it; only `chunkToTable` ever writes what is parsed here. */
export function chunkFromTable(row: ChunkTable): SeriesChunk {
  const readings = JSON.parse(row.readings) as SeriesChunk['readings'];
  return { ...row, readings, samples: JSON.parse(row.samples) as SeriesChunk['samples'] };
}

/** Evidence with its verdict; only `saveEvidence` ever writes what is parsed here. */
export function evidenceFromTable(row: { evidence: string; verdict: string }): {
  evidence: Evidence;
  verdict: Verdict;
} {
  return { evidence: JSON.parse(row.evidence) as Evidence, verdict: JSON.parse(row.verdict) as Verdict };
}

function isVerdictWord(word: string | null): word is VerdictWord {
  return word !== null && Object.hasOwn(exitCodes, word);
}
