import type { ZodType } from 'zod';
import type { FaultStatus, Injection, RollbackResult } from './injection';
import type { Json } from './json';
import type { Survey, Target } from './survey';

/** What a kind of fault can and cannot do; shown to people and used by preflight. */
export interface Capabilities {
  /** Who ends the fault when we are gone: the target, a controller, a lease, or nobody but sweep and sentinel. */
  expiry: 'server' | 'controller' | 'lease' | 'none';
  /** Whether the target itself refuses an inject that arrives after its rollback. */
  hasFence: boolean;
  isReversible: boolean;
  countsHits: boolean;
  /** True where nothing is ever harmed, so that no steady state has to be watched. */
  isHarmless?: boolean;
  /** What keeps the harm small, in words. */
  scope: string;
}

/** What a driver is handed for one call: the environment's part that concerns it, and nothing global. */
export interface DriverTools<Connection> {
  /** The environment's connection for this driver's system, secrets resolved. */
  connection: Connection;
  /** The environment's opted-in targets of this system, as its system schema parsed them. */
  optedIn: Json[];
  environment: string;
  /** Addresses (`host:port`) that whoever ends a fault goes through, such as Temporal's: nothing on the way to them is harmed. */
  removalPath?: string[];
  /** Aborted when the call's time is over. */
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** What prepare is asked for: chosen targets of one lockKey under one id. */
export type Prepared = Omit<Injection, 'originals' | 'preparedAt'>;

/** A system that drivers speak to: the shapes of its connection, its opt-in list. */
export interface FaultSystem<Connection = unknown> {
  /** First half of the kinds, such as `sdk`. */
  name: string;
  summary: string;
  /** Schema of `connections.<system>` in an environment file, after references are resolved. */
  connection: ZodType<Connection>;
  /** Schema of one entry of `targets.<system>` in an environment file. */
  optIn: ZodType<Json>;
}

/** Port: one kind of harm on one system. Stateless; all state is at the target and in the injection. */
export interface FaultDriver<Params = unknown, Selector = unknown, Connection = unknown> {
  /** `<system>/<harm>`. */
  kind: string;
  summary: string;
  system: FaultSystem<Connection>;
  params: ZodType<Params>;
  /** Schema of `target:` in a scenario. */
  selector: ZodType<Selector>;
  capabilities: Capabilities;
  /** Reads only, takes no lock. */
  survey(step: { target: Selector; params: Params }, tools: DriverTools<Connection>): Promise<Survey>;
  /** Reads only, under the lock; may drop targets that vanished, never adds one. */
  prepare(prepared: Prepared, tools: DriverTools<Connection>): Promise<Injection>;
  /** Places a harmless tagged marker on which inject is conditional and which rollback destroys. */
  arm?(injection: Injection, tools: DriverTools<Connection>): Promise<void>;
  /** Converges to active; twice equals once; refuses after notAfter and after a rollback. */
  inject(injection: Injection, tools: DriverTools<Connection>): Promise<void>;
  /** From the target alone. */
  status(injection: Injection, tools: DriverTools<Connection>): Promise<FaultStatus>;
  /** Prolongs the lease up to `until`; never re-creates a removed fault (throws then). */
  renew?(injection: Injection, until: Date, tools: DriverTools<Connection>): Promise<void>;
  /** Needs only the injection; twice equals once; throws to be tried again. */
  rollback(injection: Injection, tools: DriverTools<Connection>): Promise<RollbackResult>;
  /** Every fault of this kind of ours at the target system, armed ones included, complete enough to roll back. */
  listFaults(tools: DriverTools<Connection>): Promise<Injection[]>;
}

/** A driver whose shapes are checked at its border, so that core code can hold any of them. */
export type AnyFaultDriver = FaultDriver;

/** The targets that a step's survey chose, grouped into one list per lock, locks in sorted order. */
export function targetsByLock(targets: Target[]): [lockKey: string, targets: Target[]][] {
  const locks = [...new Set(targets.map((target) => target.lockKey))].sort();
  return locks.map((lockKey) => [lockKey, targets.filter((target) => target.lockKey === lockKey)]);
}
