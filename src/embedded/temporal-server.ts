import { errorMessage } from './error-code';
import { addMissingAttributes } from './add-missing-attributes';
import { adoptTemporal, noteForgottenTemporal } from './adopt-temporal';
import { launchTemporal, type AnsweringTemporal } from './launch-temporal';
import { withLockFile } from './lock-file';
import { isSameProcess, removeProcessNote } from './process-note';
import { openStateDir, type StateDir } from './state-dir';
import { stopProcess } from './stop-process';
import type { TemporalNote } from './temporal-note';
import type { StartTemporalOptions } from './temporal-options';

const LOCK_WITHIN_MS = 60_000;
const LAUNCHES_MAX = 3;
// After SIGTERM the server only drains, for a fixed second. Nothing of ours is connected by then, and every commit is on disk.
const STOP_GRACE_MS = 0;

/** A local server that answers. */
export interface RunningTemporal {
  /** `127.0.0.1:<gRPC port>` */
  address: string;
  pid: number;
  /** True when it ran before and was not started by this call. */
  adopted: boolean;
  /** Temporal's web pages, where the server has some. */
  uiUrl?: string;
  /** Whether its very process runs now. */
  isRunning(): Promise<boolean>;
  /** Ends the server, whoever started it, and removes its note; resolves when its process is gone. Twice equals once. */
  stop(): Promise<void>;
}

function describeRunning(files: StateDir, note: TemporalNote, adopted: boolean): RunningTemporal {
  return {
    address: `127.0.0.1:${note.port}`,
    pid: note.pid,
    adopted,
    ...(note.url === undefined ? {} : { uiUrl: note.url }),
    isRunning: () => isSameProcess(note),
    async stop() {
      await stopProcess(note, STOP_GRACE_MS);
      await removeProcessNote(files.temporalNote, note);
    },
  };
}

// A port that was free a moment ago may be taken by now, and the server picks some of its ports itself.
async function canRetry(error: unknown, files: StateDir): Promise<boolean> {
  const why = errorMessage(error);
  return (
    why.includes('address already in use') ||
    (why.includes('database is locked') && (await noteForgottenTemporal(files)))
  );
}

async function launchOrAdopt(files: StateDir, options: StartTemporalOptions, launches = 1): Promise<RunningTemporal> {
  const found = await adoptTemporal(files, options.namespace);
  if (found !== undefined) return finish(files, options, found, true);
  try {
    return await finish(files, options, await launchTemporal(files, options), false);
  } catch (error) {
    if (launches >= LAUNCHES_MAX || !(await canRetry(error, files))) throw error;
    return launchOrAdopt(files, options, launches + 1);
  }
}

async function finish(
  files: StateDir,
  options: StartTemporalOptions,
  { note, attributes }: AnsweringTemporal,
  adopted: boolean,
): Promise<RunningTemporal> {
  await addMissingAttributes({ ...options, port: note.port }, options.searchAttributes, attributes);
  options.log(
    `Temporal ${adopted ? 'was already running' : 'started'} on 127.0.0.1:${note.port} (process ${note.pid}).`,
  );
  return describeRunning(files, note, adopted);
}

/**
 * Makes sure that one local server runs on the state directory's database and answers for the namespace with the search
 * attributes: a live one is adopted, otherwise one is started as a detached child that outlives us. Simultaneous calls
 * end with one server. Throws, quoting the server's log, when it cannot be started.
 */
export async function startTemporal(options: StartTemporalOptions): Promise<RunningTemporal> {
  const files = await openStateDir(options.stateDir);
  return withLockFile(files.temporalLock, LOCK_WITHIN_MS, () => launchOrAdopt(files, options));
}
