import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ENDED_STATES = new Set(['Z', 'X', 'x']);

// proc_pid_stat(5): the name in brackets may hold anything, so fields are counted after the last bracket: state is the
// first of them, start time (in clock ticks since boot) the twentieth.
function parseStat(stat: string, bootId: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  return state === undefined || ticks === undefined || ENDED_STATES.has(state) ? undefined : `${bootId}+${ticks}`;
}

async function startedAtFromProc(pid: number): Promise<string | undefined> {
  try {
    const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return parseStat(await readFile(`/proc/${pid}/stat`, 'utf8'), bootId.trim());
  } catch {
    return undefined;
  }
}

async function startedAtFromPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('/usr/bin/env', ['LC_ALL=C', 'ps', '-o', 'stat=,lstart=', '-p', String(pid)]);
    const [state = '', ...startedAt] = stdout.trim().split(/\s+/);
    return startedAt.length === 0 || state.startsWith('Z') ? undefined : startedAt.join(' ');
  } catch {
    return undefined;
  }
}

/**
 * Returns when the process started as an opaque text of the operating system, or undefined when it does not run (a
 * process that has ended but was not collected by its parent does not run): equal pid and text mean the same process.
 */
export function processStartedAt(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? startedAtFromProc(pid) : startedAtFromPs(pid);
}
