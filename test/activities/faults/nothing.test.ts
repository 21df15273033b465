import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nothing } from '../../../activities/faults/noop/nothing';
import type { DriverTools } from '../../../src/domain/fault-driver';
import { anInjection } from '../../fakes/injection';

describe('noop/nothing', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'gameday-noop-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const tools = (nowMs = Date.now()): DriverTools<unknown> => ({
    ...{ connection: { directory }, optedIn: [{ name: 'anything' }], environment: 'demo' },
    ...{ signal: new AbortController().signal, now: () => nowMs },
  });
  const files = async () => [...(await readdir(directory))].sort();

  it('names its marker after the injection, its notAfter and its stage', async () => {
    const injection = anInjection();
    await nothing.arm?.(injection, tools());
    const stem = `${injection.injectionId}.${Date.parse(injection.notAfter)}`;
    expect(await files()).toEqual([`${stem}.armed.json`]);
    await nothing.inject(injection, tools());
    expect(await files()).toEqual([`${stem}.active.json`]);
    expect(JSON.parse(await readFile(join(directory, `${stem}.active.json`), 'utf8'))).toEqual(injection);
  });

  it('makes the directory when it arms and not before', async () => {
    await rm(directory, { recursive: true });
    const { refusals } = await nothing.survey({ target: { name: 'anything' }, params: {} }, tools());
    expect(refusals).toEqual([]);
    await expect(files()).rejects.toMatchObject({ code: 'ENOENT' });
    await nothing.arm?.(anInjection(), tools());
    expect(await files()).toHaveLength(1);
  });

  it('tells absent, armed, active, overdue and drifted apart', async () => {
    const injection = anInjection();
    const state = async (nowMs?: number) => (await nothing.status(injection, tools(nowMs))).state;
    expect(await state()).toBe('absent');
    await nothing.arm?.(injection, tools());
    expect(await state()).toBe('armed');
    await nothing.inject(injection, tools());
    expect(await state()).toBe('active');
    expect(await state(Date.parse(injection.notAfter))).toBe('overdue');
    const [file = ''] = await files();
    await writeFile(join(directory, file), '{}');
    expect(await state()).toBe('drifted');
  });

  it('does not put its marker over a foreign one', async () => {
    const injection = anInjection();
    await nothing.arm?.(injection, tools());
    const active = `${injection.injectionId}.${Date.parse(injection.notAfter)}.active.json`;
    await writeFile(join(directory, active), 'theirs');
    await expect(nothing.inject(injection, tools())).rejects.toMatchObject({ name: 'Refused' });
    expect(await readFile(join(directory, active), 'utf8')).toBe('theirs');
  });

  it('lists its faults although strangers lie beside them, and names the strangers', async () => {
    const injection = anInjection();
    await nothing.arm?.(injection, tools());
    await writeFile(join(directory, 'notes.txt'), 'not a marker');
    await writeFile(join(directory, 'renamed-1-1.1.active.json'), JSON.stringify(injection));
    await mkdir(join(directory, 'folder'));
    await writeFile(join(directory, '.hidden'), '');
    const listed = await nothing.listFaults(tools()).catch((error: unknown) => error);
    expect(listed).toMatchObject({ name: 'IncompleteList', faults: [injection] });
    expect(Object(listed).problems.join()).toMatch(/folder.*notes\.txt.*renamed-1-1/);
    expect(await files()).toHaveLength(5);
  });

  it('refuses a directory in which it cannot tell whose files are there', async () => {
    await writeFile(join(directory, 'notes.txt'), 'not a marker');
    const { refusals } = await nothing.survey({ target: { name: 'anything' }, params: {} }, tools());
    expect(refusals.join()).toContain('notes.txt');
  });

  it('removes the draft that a process left which died while it armed', async () => {
    const injection = anInjection();
    await writeFile(
      join(directory, `${injection.injectionId}.${Date.parse(injection.notAfter)}.arming.json`),
      '{"half',
    );
    expect(await nothing.rollback(injection, tools())).toMatchObject({ end: 'absent', foundActive: false });
    expect(await files()).toEqual([]);
  });
});
