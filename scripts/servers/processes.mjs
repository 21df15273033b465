import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** When a process started, as an opaque text: which boot, and proc_pid_stat(5) field 22; undefined when it does not run. */
export async function startedAt(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? ['Z'];
  if (state === 'Z' || state === 'X') return undefined;
  return `${(await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()}+${rest[18]}`;
}

/** Whether the noted process is still the one that was started. */
export async function isRunning(entry) {
  return entry.pid !== undefined && entry.startedAt !== undefined && (await startedAt(entry.pid)) === entry.startedAt;
}

/** Starts a server that outlives this script, with its output in a log file; resolves with its id and start time. */
export async function startServer(command, args, { log, user = {}, cwd = '/' }) {
  await mkdir(dirname(log), { recursive: true });
  const file = await open(log, 'a');
  const child = spawn(command, args, { cwd, ...user, detached: true, stdio: ['ignore', file.fd, file.fd] });
  try {
    await once(child, 'spawn');
  } finally {
    await file.close();
  }
  child.unref();
  return { pid: child.pid, startedAt: await startedAt(child.pid) };
}

async function waitUntilEnded(entry, withinMs) {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(25)) {
    if (!(await isRunning(entry))) return true;
  }
  return false;
}

/** Ends the noted process, first politely and after ten seconds for good; another process with its id is left alone. */
export async function stopServer(entry, signal = 'SIGTERM') {
  for (const [each, withinMs] of [
    [signal, 10_000],
    ['SIGKILL', 5_000],
  ]) {
    if (!(await isRunning(entry))) return;
    process.kill(entry.pid, each);
    if (await waitUntilEnded(entry, withinMs)) return;
  }
  throw new Error(`Process ${entry.pid} did not end, not even after SIGKILL. Look at it with: ps -fp ${entry.pid}`);
}
