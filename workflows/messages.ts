import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Admission, AdmissionRequest, EnvironmentState, Halt } from '../src/domain/admission';
import type { Decision } from '../src/domain/approval';
import type { InjectionRecord, Stop } from '../src/domain/evidence';
import type { Injection } from '../src/domain/injection';
import type { Person } from '../src/domain/person';
import type { Progress } from '../src/domain/progress';

/** A decision with the API's seal over it, so that nobody can consent through Temporal alone. */
export interface SealedDecision {
  decision: Decision;
  seal: string;
}

/** What an injection tells its experiment; the injection itself once it is armed. */
export interface InjectionReport {
  record: InjectionRecord;
  injection?: Injection;
}

/** Names the injection a message is for; one that is not the receiver's own is ignored. */
export interface ForInjection {
  injectionId: string;
}

/** A stop for every injection of one experiment; one of another experiment is ignored. */
export interface StopMessage {
  experimentId: string;
  stop: Stop;
}

/** A halt for whatever is in effect in one environment. */
export interface HaltMessage {
  environment: string;
  halt: Halt;
}

/** What an injection answers about itself. */
export interface InjectionState {
  injectionId: string;
  experimentId: string;
  record: InjectionRecord;
  /** True once it has been told to roll back, whatever the cause. */
  isStopping: boolean;
}

/** Asks an experiment to record a decision; refused by a synchronous validator. */
export const decide = defineUpdate<void, [SealedDecision]>('decide');
/** The same for callers that cannot wait. */
export const decideLater = defineSignal<[SealedDecision]>('decideLater');
/** Stops an experiment, or the injections of one. */
export const abort = defineSignal<[StopMessage]>('abort');
/** Stops an environment, an experiment in it or an injection in it. */
export const halt = defineSignal<[HaltMessage]>('halt');
/** Lets an environment admit again. */
export const resume = defineSignal<[{ by: Person }]>('resume');
/** What an experiment tells of itself. */
export const progress = defineQuery<Progress>('progress');

/** An injection tells its experiment how far it is. */
export const injectionReport = defineSignal<[InjectionReport]>('injectionReport');
/** The observer tells an injection that it is watching. */
export const watching = defineSignal<[ForInjection]>('watching');
/** Ends a hold. */
export const rollBack = defineSignal<[ForInjection & { cause: string }]>('rollBack');
/** Gives the lock back after recovery. */
export const unlock = defineSignal<[ForInjection]>('unlock');
/** A person ends an injection whose rollback cannot succeed. */
export const release = defineSignal<[ForInjection & { by: Person; reason: string }]>('release');
/** What an injection tells of itself. */
export const injectionState = defineQuery<InjectionState>('injectionState');

/** Asks an environment for a place in its budget. */
export const admit = defineUpdate<Admission, [AdmissionRequest]>('admit');
/** Gives a place back. */
export const leave = defineSignal<[{ kind: AdmissionRequest['kind']; id: string }]>('leave');
/** What an environment remembers. */
export const environmentState = defineQuery<EnvironmentState>('environmentState');
