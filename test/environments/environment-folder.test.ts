import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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
    expect(folder.names()).toEqual(['two']);
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
