import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  describeProcess,
  readLiveProcess,
  readProcessNote,
  removeProcessNote,
  writeProcessNote,
} from '../../src/embedded/process-note';
import { noteOfEndedProcess } from './idle-process';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const path = (): string => join(folder(), 'note.json');

describe('a process note', () => {
  it('is read back while its process runs, with everything that was noted', async () => {
    const note = await describeProcess(process.pid, { port: 4711, url: 'http://127.0.0.1:4711' });
    await writeProcessNote(path(), note);
    expect(await readLiveProcess(path())).toEqual(note);
  });

  it('is written in one step and readable by its owner alone', async () => {
    await writeProcessNote(path(), await describeProcess(process.pid, {}));
    expect(await readdir(folder())).toEqual(['note.json']);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  it('is stale once its process has ended', async () => {
    await writeProcessNote(path(), await noteOfEndedProcess());
    expect(await readLiveProcess(path())).toBeUndefined();
    expect(await readProcessNote(path())).toBeDefined();
  });

  it('is stale when its pid belongs to another process by now', async () => {
    const note = await describeProcess(process.pid, {});
    await writeProcessNote(path(), { ...note, startedAt: `${note.startedAt}0` });
    expect(await readLiveProcess(path())).toBeUndefined();
  });

  it.each(['', '{', '[]', 'null', '{"pid":"1","startedAt":"x"}', '{"pid":1}'])(
    'is passed over when it reads %j',
    async (text) => {
      await writeFile(path(), text);
      expect(await readLiveProcess(path())).toBeUndefined();
    },
  );

  it('is absent when nobody wrote one', async () => {
    expect(await readLiveProcess(path())).toBeUndefined();
  });

  it('is removed only while it is about the same process', async () => {
    const [mine, other] = [await describeProcess(process.pid, {}), await noteOfEndedProcess()];
    await writeProcessNote(path(), mine);
    await removeProcessNote(path(), other);
    expect(await readProcessNote(path())).toEqual(mine);
    await removeProcessNote(path(), mine);
    expect(await readProcessNote(path())).toBeUndefined();
  });

  it('cannot be made of a process that does not run', async () => {
    const { pid } = await noteOfEndedProcess();
    await expect(describeProcess(pid, {})).rejects.toThrow(`Could not note process ${pid}: it is not running.`);
  });
});
