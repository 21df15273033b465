import type { Json } from '../domain/json';

/** What a sweep needs of an environment: its name, and per system what its drivers are handed. */
export interface SweepEnvironment {
  name: string;
  /** The connection of a system with its references resolved; undefined when the environment has none. May throw. */
  connections(system: string): unknown;
  /** The opted-in targets of a system. */
  optedIn(system: string): Json[];
}
