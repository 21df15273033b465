import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import { canonicalJson } from '../domain/json';
import type { Observation } from '../domain/observation';
import { decideVerdict, type Verdict } from '../domain/verdict';
import { checkBaseline } from './check-baseline';
import { checkHold } from './check-hold';
import { checkRecovery } from './check-recovery';
import { missingChunks } from './missing-chunks';

/** What comes of judging an experiment again from what was stored of it. */
export interface Judgement {
  stored: Verdict;
  decided: Verdict;
  /** Whether both are the same word for the same reasons. */
  isSame: boolean;
  /** Where the evidence does not follow from the stored series; each a sentence, none when all does. */
  mismatches: string[];
  /** What could not be checked because part of the series is missing; each a sentence. */
  gaps: string[];
}

/** Decides the verdict again, and checks with the rules of the watchers that the evidence follows from the series. */
export function judgeAgain(evidence: Evidence, chunks: SeriesChunk[], stored?: Verdict): Judgement {
  const decided = decideVerdict(evidence);
  const mine = chunks.filter((chunk) => chunk.experimentId === evidence.experimentId);
  const findings = evidence.observations.map((observation) => findingsOf(evidence, observation, mine));
  return {
    stored: stored ?? decided,
    decided,
    isSame: stored === undefined || canonicalJson(stored) === canonicalJson(decided),
    mismatches: findings.flatMap((one) => one.mismatches),
    gaps: findings.flatMap((one) => one.gaps),
  };
}

type Findings = Pick<Judgement, 'mismatches' | 'gaps'>;

const checks = { baseline: checkBaseline, hold: checkHold, recovery: checkRecovery };

/** Where part of the series is gone, or nobody watched, what does not follow from the rest is unknown, not wrong. */
function findingsOf(evidence: Evidence, observation: Observation, chunks: SeriesChunk[]): Findings {
  const holes = [...missingChunks(observation, chunks), ...unwatched(observation)];
  const doubts = checks[observation.purpose](evidence, observation, chunks).map((one) => `${observation.id}: ${one}`);
  if (holes.length === 0) return { mismatches: doubts, gaps: [] };
  return { mismatches: [], gaps: [...holes, ...doubts.map((doubt) => `${doubt} (cannot be told from what is left)`)] };
}

/** A watcher that was killed may have judged readings that never reached the store. */
function unwatched(observation: Observation): string[] {
  return observation.gaps.map((gap) => `${observation.id}: nobody watched for ${gap.seconds} s`);
}
