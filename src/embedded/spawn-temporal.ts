import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';

/** A server process that was just started and may not answer yet. */
export interface SpawnedTemporal {
  pid: number;
  /** What its log held before it started, in bytes. */
  logStart: number;
  hasEnded(): boolean;
}

// A binary that cannot be executed is reported by an event, which must be listened for before anything else is awaited.
function spawnDetached(binary: string, args: readonly string[], logFd: number): Promise<ChildProcess> {
  const child = forOwnerAlone(() => spawn(binary, args, { detached: true, stdio: ['ignore', logFd, logFd] }));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child));
  });
}

// Its database holds every history, and it says nothing about who may read the files that it makes: it inherits that of us.
function forOwnerAlone<Value>(start: () => Value): Value {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}

/** Starts the binary in a process group of its own, so that Ctrl-C in our terminal does not reach it, its output in a file; files that it makes are its owner's alone. */
export async function spawnTemporal(
  binary: string,
  args: readonly string[],
  logPath: string,
): Promise<SpawnedTemporal> {
  const log = await open(logPath, 'a', 0o600);
  try {
    const { size } = await log.stat();
    const child = await spawnDetached(binary, args, log.fd);
    child.unref();
    return { pid: pidOf(child), logStart: size, hasEnded: () => child.exitCode !== null || child.signalCode !== null };
  } finally {
    await log.close();
  }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('A process was started and has no pid.');
  return child.pid;
}
