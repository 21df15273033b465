import type { Halt, Holder } from '../domain/admission';
import type { AuditEntry, ExperimentRow } from '../domain/evidence-store';
import type { Evidence } from '../domain/evidence';
import type { Plan } from '../domain/plan';
import type { OpenInjection, Progress } from '../domain/progress';
import type { Reading } from '../domain/signal';
import type { Verdict, VerdictWord } from '../domain/verdict';
import type { Judgement } from '../judge/judge-again';
import type { Problem } from '../scenario/problem';

/** The body of every error: what was attempted, why not, what would help. */
export interface ErrorAnswer {
  error: string;
  why: string;
  help: string;
}

/** 422 on start: everything that is wrong with the scenario at once. */
export interface ProblemsAnswer extends ErrorAnswer {
  problems: Problem[];
}

/** 201 on start. */
export interface StartedAnswer {
  experimentId: string;
  planHash: string;
  plan: Plan;
}

/** One experiment: while it is open what it tells of itself, afterwards what the store keeps. */
export interface ExperimentAnswer {
  experimentId: string;
  isOpen: boolean;
  progress?: Progress;
  evidence?: Evidence;
  verdict?: Verdict;
}

/** Experiments newest first; `open` names those whose workflow is open, known to the store or not. */
export interface ExperimentsAnswer {
  experiments: ExperimentRow[];
  open: string[];
  /** Present when it could not be asked which are open, so that `open` says nothing. */
  isOpenUnknown?: true;
  /** What could not be asked, in plain words; then the lists are incomplete. */
  troubles: string[];
}

/** What one environment admits and holds. */
export interface EnvironmentAnswer {
  name: string;
  halted?: Halt;
  experiments: Holder[];
  injections: Holder[];
}

/** Every environment that has a file. */
export interface EnvironmentsAnswer {
  /** The folder on the server that their files are read from. */
  directory?: string;
  environments: EnvironmentAnswer[];
  /** What could not be asked, in plain words; then the list is incomplete. */
  troubles: string[];
}

/** What a resume changed. */
export interface ResumeAnswer {
  environment: string;
  isHalted: false;
  /** False when nothing ever ran there, so that there was nothing to resume. */
  wasKnown: boolean;
  /** False when it said itself that it was not halted, so that nothing was changed. */
  wasHalted?: false;
}

/** What an abort found: an experiment that was told, or one that had ended before. */
export interface AbortAnswer {
  experimentId: string;
  isAborting: boolean;
  /** Present when it had ended. */
  ended?: EndedExperiment;
}

/** An experiment that has ended, and what of it has not. */
export interface EndedExperiment {
  verdict?: VerdictWord;
  endedAt?: string;
  /** Its injections that are still open, because their rollback has not ended. */
  openInjections: string[];
}

/** What a halt reached. */
export interface HaltAnswer {
  environment: string;
  injectionsTold: number;
  /** Present when no valid environment file has this name. */
  warning?: string;
}

/** The injections whose workflow is open. */
export interface InjectionsAnswer {
  injections: OpenInjection[];
}

/** One fault of ours as its target system lists it. */
export interface ListedFault {
  environment: string;
  injectionId: string;
  experimentId: string;
  fault: string;
  lockKey: string;
  /** For people. */
  targets: string[];
  notAfter: string;
}

/** Every fault of ours in the target systems, and the systems that could not be asked. */
export interface FaultsAnswer {
  faults: ListedFault[];
  troubles: string[];
}

/** What became of one fault that a sweep found. */
export interface SweepFinding {
  environment: string;
  fault: string;
  injectionId: string;
  lockKey: string;
  outcome: 'removed' | 'left' | 'failed';
  /** Why it was removed, left, or could not be removed. */
  reason: string;
}

/** What a sweep found, and the systems that could not be asked. */
export interface SweepAnswer {
  findings: SweepFinding[];
  troubles: string[];
}

/** The stored verdict, the one that today's rules decide from the same evidence, and whether the series bear it out. */
export interface JudgementAnswer extends Judgement {
  experimentId: string;
}

/** Acts of people, newest first. */
export interface AuditAnswer {
  entries: AuditEntry[];
}

/** What the events of an experiment carry, by the event's name. */
export interface ExperimentEvents {
  progress: Progress;
  /** One chunk of a signal's series; the same one may come twice after a reconnect. */
  reading: { observation: string; signal: string; number: number; readings: Reading[] };
  verdict: Verdict;
  /** The last event; `why` is there when it ended without a verdict. */
  end: { experimentId: string; why?: string };
  /** A part does not answer; the stream goes on and says when it does again. */
  unavailable: { part: 'experiment' | 'store'; why: string };
  available: { part: 'experiment' | 'store' };
}
