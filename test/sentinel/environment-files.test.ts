import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { EnvironmentFiles } from '../../src/sentinel/environment-files';
import { useTemporaryFolder } from '../embedded/temporary-folder';

const home = useTemporaryFolder();
const directory = (): string => join(home(), 'environments');
const file = (name = 'demo'): string => join(directory(), `${name}.yaml`);

function read(): EnvironmentFiles {
  mkdirSync(directory());
  writeFileSync(file(), JSON.stringify({ kind: 'environment', name: 'demo' }));
  const files = new EnvironmentFiles({ directory: directory(), catalogue, env: {} });
  expect(files.read().environments.map(({ name }) => name)).toEqual(['demo']);
  return files;
}

describe('the environment files of a sentinel', () => {
  it('are gone when the file is, and when its whole folder is', () => {
    const files = read();
    expect(files.isGone('demo')).toBe(false);
    rmSync(file());
    expect(files.isGone('demo')).toBe(true);
    rmSync(directory(), { recursive: true });
    expect(files.isGone('demo')).toBe(true);
  });

  it('are not gone while a file is there that cannot be read, or that has another name by now', () => {
    const files = read();
    writeFileSync(file(), 'kind: [');
    expect(files.read()).toMatchObject({ environments: [], problems: [expect.stringContaining('demo.yaml:1')] });
    expect(files.isGone('demo')).toBe(false);
    writeFileSync(file(), JSON.stringify({ kind: 'environment', name: 'demo' }));
    renameSync(file(), file('renamed'));
    files.read();
    expect(files.isGone('demo')).toBe(false);
  });

  it('say nothing of an environment that was never read', () => {
    expect(read().isGone('other')).toBe(false);
  });
});
