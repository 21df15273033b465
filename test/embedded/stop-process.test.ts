import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describeProcess, isSameProcess } from '../../src/embedded/process-note';
import { stopProcess } from '../../src/embedded/stop-process';
import { noteOfEndedProcess, startIdleProcess } from './idle-process';

describe('stopping a noted process', () => {
  it('ends a process that obeys SIGTERM', async () => {
    const { note } = await startIdleProcess();
    await stopProcess(note, 5_000);
    expect(await isSameProcess(note)).toBe(false);
  });

  it('kills a process that ignores SIGTERM', async () => {
    const code = 'process.on("SIGTERM", () => {}); console.log("deaf"); setInterval(() => {}, 1000)';
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const [note, ended] = [await describeProcess(child.pid ?? 0, {}), once(child, 'exit')];
    await stopProcess(note, 20);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });

  it('leaves a process alone that got the pid later', async () => {
    const { note, end } = await startIdleProcess();
    await stopProcess({ ...note, startedAt: 'another start' }, 0);
    expect(await isSameProcess(note)).toBe(true);
    await end();
  });

  it('is content when the process was gone before', async () => {
    await expect(stopProcess(await noteOfEndedProcess(), 0)).resolves.toBeUndefined();
  });
});
