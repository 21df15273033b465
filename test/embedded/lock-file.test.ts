import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLockFile } from '../../src/embedded/lock-file';
import { describeProcess, writeProcessNote } from '../../src/embedded/process-note';
import { noteOfEndedProcess } from './idle-process';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const path = (): string => join(folder(), 'work.lock');

describe('a lock file', () => {
  it('lets one caller work at a time and leaves nothing behind', async () => {
    let working = 0;
    let workingMax = 0;
    const work = async (): Promise<void> => {
      workingMax = Math.max(workingMax, ++working);
      await new Promise(setImmediate);
      working--;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLockFile(path(), 30_000, work)));
    expect(workingMax).toBe(1);
    expect(await readdir(folder())).toEqual([]);
  });

  it('returns what the work returns, and is free again when the work throws', async () => {
    const failing = withLockFile(path(), 1_000, () => Promise.reject(new Error('no luck')));
    await expect(failing).rejects.toThrow('no luck');
    expect(await withLockFile(path(), 1_000, () => Promise.resolve(7))).toBe(7);
  });

  it('is taken over from a holder that died', async () => {
    await writeProcessNote(path(), await noteOfEndedProcess());
    expect(await withLockFile(path(), 5_000, () => Promise.resolve('done'))).toBe('done');
  });

  it('is taken over when its content is not a note', async () => {
    await writeFile(path(), 'half a no');
    expect(await withLockFile(path(), 5_000, () => Promise.resolve('done'))).toBe('done');
  });

  it('names the live holder when it does not get free in time', async () => {
    await writeProcessNote(path(), await describeProcess(process.pid, {}));
    const waiting = withLockFile(path(), 50, () => Promise.resolve());
    await expect(waiting).rejects.toThrow(`process ${process.pid} holds it`);
  });
});
