import type { Json } from './json';
import type { Limits } from './limits';
import type { Blocker } from './plan';

/** A text, or where to find it at the moment it is needed; secrets are only ever given as a reference. */
export type TextOrReference = string | { env: string } | { file: string };

/** The named system under experiment: where it is, what may be harmed there and within which limits. */
export interface Environment {
  name: string;
  /** The file it was read from. */
  file: string;
  isProduction: boolean;
  /** Base addresses by name; what `${endpoints.x}` stands for. */
  endpoints: Record<string, TextOrReference>;
  /** One entry per system, references not yet resolved. */
  connections: Record<string, Json>;
  /** Opted-in targets per system. */
  targets: Record<string, Json[]>;
  limits: Limits;
  /** Present when no experiment may run here without consent. */
  approval?: { from: string[]; required: number };
  blockers: Blocker[];
  /** Where the environment's sentinel answers; absent when the local one serves it. */
  sentinel?: { url: string };
}
