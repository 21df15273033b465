import type { PlannedApproval } from './plan';
import type { Evidence } from './evidence';
import type { Person } from './person';
import type { Phase } from './phase';
import type { Plan } from './plan';
import type { Verdict } from './verdict';

/** What an experiment is started with; the plan is its only content, the rest names it. */
export interface ExperimentInput {
  experimentId: string;
  plan: Plan;
  planHash: string;
  startedBy: Person;
  isRehearsal: boolean;
  /** False where Temporal's namespace has none of ours; absent means that it has them. */
  hasSearchAttributes?: boolean;
}

/** What a running or ended experiment tells of itself. */
export interface Progress {
  phase: Phase;
  /** All that is known so far; `endedAt` is empty while it runs. */
  evidence: Evidence;
  /** Present while people are asked. */
  question?: { approval: PlannedApproval; planHash: string; targetsHash: string; expiresAt: string };
  /** In plain words, what it is waiting for or doing now. */
  details: string;
  verdict?: Verdict;
}

/** What an experiment returns. */
export interface ExperimentResult {
  experimentId: string;
  verdict: Verdict;
  /** Present when the store stayed away: the verdict stands, the stored evidence is missing. */
  unstored?: string;
}

/** An injection whose workflow is open. */
export interface OpenInjection {
  injectionId: string;
  experimentId: string;
  environment: string;
  lockKey: string;
  fault: string;
  startedAt: string;
}
