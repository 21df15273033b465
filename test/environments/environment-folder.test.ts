import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { EnvironmentFolder } from '../../src/environments/environment-folder';
import { folderStamp } from '../../src/environments/folder-stamp';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gameday-environments-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, injectionMax: string): void {
  writeFileSync(
    join(directory, `${name}.yaml`),
    JSON.stringify({ kind: 'environment', name, limits: { injectionMax } }),
  );
}

/** As seen a minute later, when every change has settled. */
const stamp = (): string | undefined => folderStamp(directory, Date.now() + 60_000);

describe('the environment files of a process', () => {
  it('are seen at the next question when one comes, changes or goes', () => {
    write('one', '1m');
    const folder = new EnvironmentFolder(directory, catalogue, {});
    expect(folder.named('one').limits.injectionMaxMs).toBe(60_000);
    write('one', '2m');
    write('two', '1m');
    expect(folder.named('one').limits.injectionMaxMs).toBe(120_000);
    expect(folder.names()).toEqual(['one', 'two']);
    rmSync(join(directory, 'one.yaml'));
    expect(() => folder.named('one')).toThrow(/environment one has no valid file/);
    expect(folder.named('two').limits.injectionMaxMs).toBe(60_000);
  });

  it('have the same stamp as long as nothing happens to them', () => {
    write('one', '1m');
    expect(stamp()).toBe(stamp());
    expect(stamp()).toContain('one.yaml');
  });

  it('have another stamp after a change that keeps length and time', () => {
    write('one', '1m');
    const [before, { atime, mtime }] = [stamp(), statSync(join(directory, 'one.yaml'))];
    write('other', '2m');
    renameSync(join(directory, 'other.yaml'), join(directory, 'one.yaml'));
    utimesSync(join(directory, 'one.yaml'), atime, mtime);
    expect(stamp()).not.toBe(before);
  });

  it('have no stamp while a change is fresh, or when they cannot be looked at', () => {
    write('one', '1m');
    expect(folderStamp(directory, Date.now())).toBeUndefined();
    expect(folderStamp(join(directory, 'missing'), Date.now())).toBeUndefined();
  });
});

const toxiproxy = { url: 'http://127.0.0.1:8474' };
const sdk = { payment: { url: 'http://127.0.0.1:4013', token: { env: 'TOKEN' } } };
const file = (): string => join(directory, 'demo.yaml');

function writeDemo(parts: object): void {
  writeFileSync(file(), JSON.stringify({ kind: 'environment', name: 'demo', ...parts }));
}

const slips: [string, () => void][] = [
  ['is broken', () => writeFileSync(file(), 'kind: [')],
  ['is removed', () => rmSync(file())],
  ['is renamed to something that is no environment file', () => renameSync(file(), `${file()}.bak`)],
  ['vanishes with its folder', () => rmSync(directory, { recursive: true })],
];

describe('an environment whose file is not valid any more', () => {
  let nowMs: number;
  beforeEach(() => {
    writeDemo({ connections: { toxiproxy, sdk }, targets: { toxiproxy: [{ proxy: 'a' }] } });
    nowMs = Date.now();
  });
  afterEach(() => mkdirSync(directory, { recursive: true }));
  const open = (): EnvironmentFolder => new EnvironmentFolder(directory, catalogue, {}, () => nowMs);

  it.each(slips)(
    'is still there for whoever ends faults when it %s, however long ago, and starts none',
    (_how, slip) => {
      const folder = open();
      slip();
      for (const laterMs of [0, 300, 600, 2_000, 60_000, 3_600_000]) {
        nowMs = Date.now() + laterMs;
        expect(folder.forRemoval('demo').connections).toMatchObject({ toxiproxy, sdk });
        expect(folder.lastValid('demo').connections).toMatchObject({ toxiproxy, sdk });
        expect(folder.all().map(({ connections }) => connections['toxiproxy'])).toEqual([toxiproxy]);
        expect(folder.names()).toEqual(['demo']);
        expect(() => folder.named('demo')).toThrow(/environment demo has no valid file/);
      }
    },
  );

  it('counts again as soon as it is mended, at once and later', () => {
    const folder = open();
    writeFileSync(file(), 'kind: [');
    expect(folder.names()).toEqual(['demo']);
    writeDemo({ connections: { toxiproxy: { url: 'http://127.0.0.1:8475' } } });
    for (const laterMs of [0, 60_000]) {
      nowMs = Date.now() + laterMs;
      expect(folder.named('demo').connections).toEqual({ toxiproxy: { url: 'http://127.0.0.1:8475' } });
      expect(folder.forRemoval('demo').connections['toxiproxy']).toEqual({ url: 'http://127.0.0.1:8475' });
    }
  });

  it('keeps what led to faults for their removal alone when it leaves a file that is valid', () => {
    const folder = open();
    writeDemo({ targets: { toxiproxy: [{ proxy: 'b' }] } });
    expect(folder.named('demo').connections).toEqual({});
    expect(folder.lastValid('demo').connections).toEqual({});
    expect(folder.forRemoval('demo').connections).toEqual({ toxiproxy, sdk });
    expect(folder.forRemoval('demo').targets['toxiproxy']).toEqual([{ proxy: 'b' }, { proxy: 'a' }]);
    expect(folder.named('demo').targets['toxiproxy']).toEqual([{ proxy: 'b' }]);
    // What ends by itself and was taken out on purpose is not asked for ever.
    expect(folder.all()[0]?.connections).toEqual({ toxiproxy });
  });

  it('is unknown when it never was valid, and the problem is named', () => {
    writeFileSync(file(), 'kind: [');
    const folder = open();
    expect(folder.names()).toEqual([]);
    expect(() => folder.forRemoval('demo')).toThrow(/environment demo has no valid file.*demo\.yaml:1/);
  });
});
