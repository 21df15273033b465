import type { Admission, AdmissionRequest } from '../src/domain/admission';
import type { Decision } from '../src/domain/approval';
import type { Evidence } from '../src/domain/evidence';
import type { Prepared } from '../src/domain/fault-driver';
import type { FaultStatus, Injection, RollbackResult } from '../src/domain/injection';
import type { Observation } from '../src/domain/observation';
import type { Blocker, Plan } from '../src/domain/plan';
import type { StepSurvey } from '../src/domain/survey';
import type { Verdict } from '../src/domain/verdict';
import type { Baseline } from '../src/domain/watch';

/** Which driver a call is for; a rehearsal replaces every driver by the no-op. */
export interface DriverCall {
  environment: string;
  isRehearsal: boolean;
}

/** What observe is asked to watch, and until when. */
export interface ObserveInput extends DriverCall {
  experimentId: string;
  /** Such as `hold-1`. */
  id: string;
  purpose: Observation['purpose'];
  stepId?: string;
  plan: Plan;
  /** Values of steady state; empty while they are being taken. */
  baseline: Baseline;
  /** What is in effect; empty outside a hold. */
  injections: Injection[];
  forMs: number;
  /** For a recovery: when the last fault was seen gone. */
  removedAt?: string;
}

/** What an inject reports: when it returned, and what the target said right afterwards. */
export interface Injected {
  injectedAt: string;
  status: FaultStatus;
}

/** Light work beside the workflows. */
export interface ControlActivities {
  /** Reasons not to start: hash, pollers, sentinel. Each a sentence; empty when all is well. */
  checkPreflight(input: { plan: Plan; planHash: string; isRehearsal: boolean }): Promise<string[]>;
  admitToEnvironment(input: { environment: string; request: AdmissionRequest }): Promise<Admission>;
  /** Who holds a lock; undefined when nobody does any more. */
  findHolder(lockKey: string): Promise<{ injectionId: string; experimentId: string } | undefined>;
  /** Throws when the API's seal is not over exactly this decision. */
  openSeal(input: { experimentId: string; decision: Decision; seal: string }): Promise<void>;
  remindApprovers(input: { experimentId: string; from: string[]; expiresAt: string }): Promise<void>;
  /** Delivers spooled series, then stores the evidence; throws while the store is away. */
  storeEvidence(input: { evidence: Evidence; verdict: Verdict }): Promise<void>;
}

/** Privileged work near the targets. */
export interface InjectActivities {
  surveyTargets(input: DriverCall & { plan: Plan }): Promise<{ surveys: StepSurvey[]; targetsHash: string }>;
  /** The last check: halted, budget, blocked. Takes a place when admitted. */
  admitInjection(input: {
    environment: string;
    request: AdmissionRequest;
    blockers: Blocker[];
    experimentId: string;
  }): Promise<Admission>;
  prepareFault(input: DriverCall & { prepared: Omit<Prepared, 'home'> }): Promise<Injection>;
  armFault(input: DriverCall & { injection: Injection }): Promise<void>;
  injectFault(input: DriverCall & { injection: Injection }): Promise<Injected>;
  rollBackFault(input: DriverCall & { injection: Injection }): Promise<RollbackResult>;
}

/** Long work with slots of its own. */
export interface WatchActivities {
  observe(input: ObserveInput): Promise<Observation>;
}
