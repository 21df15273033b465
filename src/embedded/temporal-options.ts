import type { SearchAttributeType, TemporalSettings } from './temporal-arguments';

/** How the local server is started. */
export interface StartTemporalOptions {
  /** The folder that holds its database, log and note; created when missing. */
  stateDir: string;
  /** The `temporal` binary, as `findTemporal` returns it. */
  binary: string;
  namespace: string;
  searchAttributes: Readonly<Record<string, SearchAttributeType>>;
  /** Told what happens, one sentence at a time. */
  log: (sentence: string) => void;
  /** Told when its process runs, which is some time before it answers. */
  onSpawned?: () => void;
  /** Its gRPC port; default a free one. */
  port?: number;
  /** Runs without Temporal's web pages; default true. */
  headless?: boolean;
  dynamicConfig?: Readonly<Record<string, unknown>>;
  logLevel?: TemporalSettings['logLevel'];
}
