import type { Gameday } from '../client/gameday';
import type { FaultsAnswer, SweepAnswer } from '../api/answers';
import type { EnvironmentNames } from '../api/find-slip';
import type { EvidenceStore } from '../domain/evidence-store';
import type { Person } from '../domain/person';
import type { Problem } from '../scenario/problem';
import type { GivenVariables } from '../scenario/variables';
import type { Check } from './doctor/check';
import type { Output } from './output';

/** Where an API answers and who asks. */
export interface ApiAccess {
  url: string;
  token: string;
  /** Where the token was found, for people. */
  tokenFrom?: string;
  /** Present for the one that runs in this folder. */
  pid?: number;
  /** Present for one that is on its way out: it still answers, and starts nothing new. */
  isLeaving?: true;
}

/** What a command needs to know of how the process was started. */
interface Settings {
  stateDir: string;
  environmentsDir: string;
  /** The same where GAMEDAY_ENVIRONMENTS names it. */
  askedEnvironmentsDir?: string;
  peopleFile: string;
  /** True when a Temporal cluster is named, so that none is started here. */
  hasCluster?: boolean;
}

/** The embedded everything while it runs. */
export interface RunningUp {
  url: string;
  token: string;
  temporalAddress: string;
  temporalUiUrl?: string;
  environments: string[];
  /** Rejects, with the reason, when a part has failed for good, so that `stop` is all that is left to do. */
  ended: Promise<void>;
  /** What would be left behind by leaving right now, and in sentences who could not be asked. */
  remaining(): Promise<{ faults: { injectionId: string; lockKey: string; notAfter: string }[]; troubles: string[] }>;
  /** Rolls back and ends everything in order; resolves to what may be left, in sentences. */
  stop(options?: { keep?: boolean; log?(line: string): void }): Promise<string[]>;
}

/** Starts Temporal, worker, sentinel, API and store on loopback. */
type BringUp = (options: { port?: number; isVerbose?: boolean; log(line: string): void }) => Promise<RunningUp>;

/** A part that runs in this process until it is stopped. */
export interface RunningPart {
  /** Where it answers, where it does. */
  url?: string;
  /** Rejects when it fails. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** The parts of a distributed installation, each in a process of its own. */
export interface Parts {
  server(options: { host?: string; port?: number; log(line: string): void }): Promise<RunningPart>;
  worker(options: {
    environments: string[];
    metricsHost?: string;
    metricsPort?: number;
    isVerbose?: boolean;
    log(line: string): void;
  }): Promise<RunningPart>;
  sentinel(options: { host?: string; port?: number }): Promise<RunningPart>;
}

/** What works without an API: Temporal alone, the drivers alone, the store's file, the scenario's text. */
export interface Offline {
  /** Connects to Temporal; `close` it. Errors: `NotReachable`. */
  gameday(): Promise<Pick<Gameday, 'abort' | 'halt' | 'environment' | 'close'>>;
  /** Those that have a file in the folder here. */
  environments: EnvironmentNames;
  listFaults(environment?: string): Promise<FaultsAnswer>;
  /** With `isAll`, faults that still have time are removed too. */
  sweep(request: { environment?: string; isAll: boolean }): Promise<SweepAnswer>;
  /** Opens the store's file; `close` it. */
  store(): Promise<EvidenceStore>;
  validate(files: string[], variables: GivenVariables): Promise<Problem[]>;
  /** The user of the operating system: who acts when no token says so. */
  person(): Person;
}

/** All that a command may touch. */
export interface World {
  output: Output;
  settings: Settings;
  /** The words that start this program in a folder, given by its absolute path. */
  commandWordIn(folder: string): string;
  now(): number;
  /** The API of GAMEDAY_URL, else the one that runs in this folder, else none. */
  findApi(): Promise<ApiAccess | undefined>;
  /** The sentinel that runs for this state directory. */
  findSentinel?(): Promise<{ pid: number; url?: string } | undefined>;
  bringUp: BringUp;
  parts: Parts;
  offline: Offline;
  /** Calls back on each Ctrl-C or SIGTERM until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Asks on a terminal; undefined where there is none. */
  ask?(question: string): Promise<boolean>;
  /** The questions of `gameday doctor`. */
  checks(): Promise<Check[]>;
}
