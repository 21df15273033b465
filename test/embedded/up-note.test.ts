import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AlreadyUp } from '../../src/embedded/already-up';
import { readLiveProcess, writeProcessNote } from '../../src/embedded/process-note';
import { claimUp } from '../../src/embedded/up-note';
import { eventually } from '../contract/eventually';
import { noteOfEndedProcess, startIdleProcess } from './idle-process';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const path = (): string => join(folder(), 'up.json');
const url = 'http://127.0.0.1:1';
const silent = { log: () => undefined };

describe('the claim of a state directory', () => {
  it('is given to exactly one of several that ask at once; the others are told where it answers', async () => {
    const told: string[] = [];
    const asks = Array.from({ length: 6 }, async () => {
      const mine = await claimUp(folder(), { log: (line) => void told.push(line) });
      // All the others have to see the claim of one that does not answer yet.
      await eventually('the others wait', 10_000, async () => told.length === 5);
      await mine.publish(url);
      return 'mine';
    });
    const ends = await Promise.all(asks.map((ask) => ask.catch((error: unknown) => error)));
    expect(ends.filter((end) => end === 'mine')).toHaveLength(1);
    const others = ends.filter((end) => end instanceof AlreadyUp);
    expect(others.map(({ note }) => note.url)).toEqual(Array.from({ length: 5 }, () => url));
    expect(told[0]).toContain(`process ${process.pid}) is starting or stopping in this folder`);
    expect(await readdir(folder())).toEqual(['up.json']);
  });

  it('is taken over from one that died while it started', async () => {
    await writeProcessNote(path(), await noteOfEndedProcess());
    const mine = await claimUp(folder(), silent);
    expect(await readLiveProcess(path())).toMatchObject({ pid: process.pid });
    await mine.remove();
    expect(await readLiveProcess(path())).toBeUndefined();
  });

  it('is waited for while its holder is on its way out, which can still be asked', async () => {
    const first = await claimUp(folder(), silent);
    await first.publish(url);
    await first.leave();
    expect(await readLiveProcess(path())).toMatchObject({ url, isLeaving: true });
    let isWaiting = false;
    const second = claimUp(folder(), { log: () => (isWaiting = true) });
    await eventually('the second waits', 10_000, async () => isWaiting);
    await first.remove();
    await (await second).publish(url);
    expect(await readLiveProcess(path())).not.toHaveProperty('isLeaving');
  });

  it('is not waited for without end, and the message says whom to end', async () => {
    const other = await startIdleProcess();
    try {
      await writeProcessNote(path(), other.note);
      const claim = claimUp(folder(), { ...silent, withinMs: 100 });
      await expect(claim).rejects.toThrow(`end it with: kill ${other.note.pid}`);
    } finally {
      await other.end();
    }
  });
});
