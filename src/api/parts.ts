import type { Gameday } from '../client/gameday';
import type { EvidenceStore, SeriesChunk } from '../domain/evidence-store';
import type { Json } from '../domain/json';
import type { Evidence } from '../domain/evidence';
import type { Plan } from '../domain/plan';
import type { Verdict } from '../domain/verdict';
import type { Metrics } from '../metrics/metrics';
import type { PeopleSource } from '../people/people-source';
import type { Problem } from '../scenario/problem';
import type { FaultsAnswer, SweepAnswer } from './answers';
import type { EnvironmentNames } from './find-slip';

/** A scenario as it was sent, to be made into a plan. */
export interface PlanRequest {
  text: string;
  /** The name by which problems point at it. */
  file?: string;
  /** Plain values; texts are read in the declared type. */
  variables?: Record<string, Json>;
  isRehearsal?: boolean;
}

/** A plan, or everything that is wrong; `areWritten` when all of it stands in the files, whatever runs at the moment. */
type PlanAnswer = { plan: Plan; planHash: string } | { problems: Problem[]; areWritten?: boolean };

/** All that a report is made from. */
export interface StoredExperiment {
  evidence: Evidence;
  verdict: Verdict;
  chunks: SeriesChunk[];
}

/** Port: the drivers, for what the target systems themselves say. */
export interface FaultSource {
  list(environment?: string): Promise<FaultsAnswer>;
  sweep(request: { environment?: string }): Promise<SweepAnswer>;
}

/** Everything the API needs of the rest, handed in by whoever wires a process. */
export interface ApiParts {
  gameday: Gameday;
  store: EvidenceStore | (() => EvidenceStore);
  plans: { make(request: PlanRequest): Promise<PlanAnswer> };
  people: PeopleSource;
  environments: EnvironmentNames;
  faults: FaultSource;
  /** Renders a report, by format. */
  reports: Record<'html' | 'json', (stored: StoredExperiment) => string>;
  metrics: Pick<Metrics, 'render'>;
  now(): Date;
  /** One line without secrets, for what could not be done on the side. */
  log(line: string): void;
}
