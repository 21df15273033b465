import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessNote } from '../../src/embedded/process-note';
import { describeProcess } from '../../src/embedded/process-note';

/** Starts a process that does nothing until it is ended. */
export async function startIdleProcess(): Promise<{ note: ProcessNote; end(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const note = await describeProcess(child.pid ?? 0, {});
  return {
    note,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The note of a process that has just ended. */
export async function noteOfEndedProcess(): Promise<ProcessNote> {
  const { note, end } = await startIdleProcess();
  await end();
  return note;
}
