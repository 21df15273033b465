import { join, resolve } from 'node:path';
import type { Config } from '../config';
import {
  describeProcess,
  readLiveProcess,
  removeProcessNote,
  writeProcessNote,
  type ProcessNote,
} from './process-note';
import { errorMessage } from './error-code';
import { reachTemporal } from './reach-temporal';
import { spawnSentinel } from './spawn-sentinel';
import { openStateDir } from './state-dir';
import type { Remaining, WindDownOptions } from './wind-down';

/** How the embedded everything is brought up. */
export interface BringUpOptions {
  config: Config;
  /** Those to serve; default all that have a valid file. */
  environments?: string[];
  /** Port of the API; default a free one. */
  port?: number;
  isVerbose?: boolean;
  log(line: string): void;
}

/** The embedded everything while it runs. */
export interface Up {
  url: string;
  token: string;
  temporalAddress: string;
  temporalUiUrl?: string;
  stateDir: string;
  environments: string[];
  /** What would be left behind by leaving right now. */
  remaining(): Promise<Remaining[]>;
  /** Ends everything in order: rollbacks seen through, then worker, API and Temporal. */
  stop(options?: WindDownOptions): Promise<void>;
}

/** Thrown when another one runs in the same folder. */
export class AlreadyUp extends Error {
  constructor(readonly note: ProcessNote) {
    super(`Gameday already runs in this folder at ${note.url ?? 'an unknown address'} (process ${note.pid})`);
    this.name = 'AlreadyUp';
  }
}

/** Name of the note of a running one in the state directory. */
export const upNote = 'up.json';

/** Starts Temporal, sentinel, worker, API and store on loopback; throws AlreadyUp when they run here already. */
export async function bringUp(options: BringUpOptions): Promise<Up> {
  const { config, log } = options;
  const { path: stateDir } = await openStateDir(config.stateDirectory);
  const running = await readLiveProcess(join(stateDir, upNote));
  if (running) throw new AlreadyUp(running);
  // Temporal needs as long to answer as this process to load the rest, so it goes first.
  const { underWay, reached } = reachTemporal(config, stateDir, log);
  await underWay;
  await spawnSentinel({ stateDir, environmentsDirectory: resolve(config.environmentsDirectory), env: config.env });
  const { startParts } = await import('./start-parts.js');
  const parts = await startParts(options, stateDir, reached);
  const { windDown } = await import('./wind-down.js');
  const home = await parts.readHome();
  const note = await describeProcess(process.pid, { url: parts.server.url });
  await writeProcessNote(join(stateDir, upNote), note);
  const { temporal, server, folder } = parts;
  // In a cluster of others only what is served here is ended, and other workers may watch what is in effect there.
  const isAlone = !config.hasCluster;
  const way = windDown(server.gameday, folder, isAlone ? undefined : parts.environments);
  return {
    url: server.url,
    token: parts.token,
    temporalAddress: temporal.address,
    ...(temporal.uiUrl === undefined ? {} : { temporalUiUrl: temporal.uiUrl }),
    stateDir,
    environments: parts.environments,
    remaining: () => way.remaining(),
    stop: async (how) => {
      // Without Temporal nothing can be seen through, and all the more must what is in effect be removed from here.
      await way.seeThrough(how ?? {}).catch((error: unknown) => log(`cannot wind down: ${errorMessage(error)}`));
      await parts.stop(async () => (isAlone ? way.removeUnwatched(home) : undefined));
      await removeProcessNote(join(stateDir, upNote), note);
    },
  };
}
