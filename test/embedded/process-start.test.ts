import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processStartedAt } from '../../src/embedded/process-start';

describe('the start time of a process', () => {
  it('stays the same for as long as the process runs', async () => {
    const first = await processStartedAt(process.pid);
    expect(first).toBeDefined();
    expect(await processStartedAt(process.pid)).toBe(first);
  });

  it('is unknown for a process that has ended but was not collected by its parent', async () => {
    // The shell starts a child that ends at once, says its pid, and becomes a program that never collects it.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      while ((await processStartedAt(pid)) !== undefined) await new Promise(setImmediate);
      expect(await processStartedAt(pid)).toBeUndefined();
    } finally {
      parent.kill('SIGKILL');
      await once(parent, 'exit');
    }
  });
});
