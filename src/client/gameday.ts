import type { EnvironmentState, Halt } from '../domain/admission';
import type { Decision } from '../domain/approval';
import type { Stop } from '../domain/evidence';
import type { Person } from '../domain/person';
import type { ExperimentInput, ExperimentResult, OpenInjection, Progress } from '../domain/progress';

/**
 * All that the API and the stop verbs ask of Temporal, in the product's words.
 * Every method throws `GamedayError` with a `code` when Temporal answers no, and lets connection errors through.
 */
export interface Gameday {
  start(input: ExperimentInput): Promise<void>;
  /** Needs a worker; throws `not-found` for an unknown id. */
  progress(experimentId: string): Promise<Progress>;
  /** Resolves when the experiment has ended; throws `ended-otherwise` when it was terminated. */
  result(experimentId: string): Promise<ExperimentResult>;
  /** Whether the experiment's workflow is open, without needing a worker. */
  isOpen(experimentId: string): Promise<boolean>;
  /** Throws `refused` with the sentence of the validator. */
  decide(experimentId: string, decision: Decision): Promise<void>;
  /** Goes to the experiment and straight to its injections; needs no worker. */
  abort(experimentId: string, stop: Stop): Promise<void>;
  /** Goes to the environment and straight to every open injection there; needs no worker. */
  halt(environment: string, halt: Halt): Promise<{ injectionsTold: number }>;
  resume(environment: string, by: Person): Promise<void>;
  /** Undefined when nothing ever ran there. */
  environment(name: string): Promise<EnvironmentState | undefined>;
  /** The names of all in which anything ever ran, also of those whose file was removed since. */
  environmentNames(): Promise<string[]>;
  openInjections(): Promise<OpenInjection[]>;
  /** Of all environments, or of these. */
  openExperiments(environments?: string[]): Promise<string[]>;
  /** Ends an injection whose rollback cannot succeed; the fault may still be there. */
  release(injectionId: string, by: Person, reason: string): Promise<void>;
  close(): Promise<void>;
}

/** Temporal's no, in one sentence for people. */
export class GamedayError extends Error {
  constructor(
    readonly code: 'not-found' | 'refused' | 'already-exists' | 'ended-otherwise' | 'not-allowed',
    message: string,
  ) {
    super(message);
    this.name = 'GamedayError';
  }
}
