import type { Admission, AdmissionRequest } from '../src/domain/admission';
import type { Decision } from '../src/domain/approval';
import type { Catalogue } from '../src/domain/catalogue';
import type { EvidenceStore, SeriesChunk } from '../src/domain/evidence-store';
import type { InjectionRecord } from '../src/domain/evidence';
import type { Json } from '../src/domain/json';
import type { Plan } from '../src/domain/plan';
import type { StepSurvey } from '../src/domain/survey';
import type { VerdictWord } from '../src/domain/verdict';

/** Everything that activities are handed; a fake of any part is an object of its type. */
export interface Tools {
  catalogue: Catalogue;
  /** Reads an environment's file anew, so that what the platform team changes counts at once; throws when it may not be used. */
  environment(name: string, reading: EnvironmentReading): Promise<EnvironmentAccess>;
  orchestrator: Orchestrator;
  series: SeriesSink;
  /** Opens the evidence store on first use; rejects while it is away. */
  store(): Promise<EvidenceStore>;
  hashes: { plan(plan: Plan): string; targets(surveys: StepSurvey[]): string };
  /** Whether the API's seal is over exactly this decision. */
  isSealed(experimentId: string, decision: Decision, seal: string): boolean;
  /** Why no sentinel can be relied on to end faults of these kinds there, in plain words; undefined when one can. */
  sentinelTrouble(needs: { environment: string; faults: string[] }): Promise<string | undefined>;
  /** The id of the Temporal namespace that owns what is injected here. */
  home: string;
  /** Addresses (`host:port`) on the way that ends faults; no driver may harm them. */
  removalPath?: string[];
  metrics: ActivityMetrics;
}

/** Who starts a fault needs a file that is valid now; who watches or ends one is also served what was valid last. */
export type EnvironmentReading = 'valid-now' | 'last-valid';

/** What drivers and probes may see of an environment; references are resolved at the moment of the call. */
export interface EnvironmentAccess {
  connection(system: string): unknown;
  optedIn(system: string): Json[];
}

/** What activities ask of Temporal. */
export interface Orchestrator {
  /** Update-with-start on the environment's workflow. */
  admit(environment: string, request: AdmissionRequest): Promise<Admission>;
  leave(environment: string, kind: AdmissionRequest['kind'], id: string): Promise<void>;
  /** Whether this workflow is open, from the server alone. */
  isOpen(workflowId: string, runId?: string): Promise<boolean>;
  /** Who holds a lock, from the server alone; undefined when its workflow is closed or absent. */
  findHolder(lockKey: string): Promise<{ injectionId: string; experimentId: string } | undefined>;
  /** Asks the injection itself; needs a worker. */
  injectionState(lockKey: string): Promise<{ injectionId: string; record: InjectionRecord; isStopping: boolean }>;
  tellWatching(lockKey: string, injectionId: string): Promise<void>;
  tellRollBack(lockKey: string, injectionId: string, cause: string): Promise<void>;
  hasPoller(queue: string): Promise<boolean>;
}

/** Where series go: never waits, never throws. */
export interface SeriesSink {
  write(chunk: SeriesChunk): void;
  /** Delivers what is still pending for an experiment; throws when something stays behind. */
  deliver(experimentId: string): Promise<void>;
}

/** What is counted for the operators. */
export interface ActivityMetrics {
  rolledBack(rollback: { injectionId: string; fault: string; seconds: number }): void;
  concluded(verdict: VerdictWord): void;
}
