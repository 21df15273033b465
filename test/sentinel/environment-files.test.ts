import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { EnvironmentFiles } from '../../src/sentinel/environment-files';
import { useTemporaryFolder } from '../embedded/temporary-folder';

const toxiproxy = { url: 'http://127.0.0.1:8474' };
const home = useTemporaryFolder();
const directory = (): string => join(home(), 'environments');
const file = (name = 'demo'): string => join(directory(), `${name}.yaml`);

function read(): EnvironmentFiles {
  mkdirSync(directory());
  writeFileSync(file(), JSON.stringify({ kind: 'environment', name: 'demo', connections: { toxiproxy } }));
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
    expect(files.read().problems[0]).toContain('demo.yaml:1');
    expect(files.isGone('demo')).toBe(false);
    writeFileSync(file(), JSON.stringify({ kind: 'environment', name: 'demo' }));
    renameSync(file(), file('renamed'));
    files.read();
    expect(files.isGone('demo')).toBe(false);
  });

  it.each<[string, () => void]>([
    ['has a slip in it', () => writeFileSync(file(), 'kind: [')],
    ['is not there any more', () => rmSync(file())],
    ['has left with its folder', () => rmSync(directory(), { recursive: true })],
  ])('are served as they were last, and named, as long as the file %s', (_what, slip) => {
    const files = read();
    slip();
    for (let round = 0; round < 3; round += 1) {
      const { environments, problems } = files.read();
      expect(environments.map(({ name, connections }) => [name, connections('toxiproxy')])).toEqual([
        ['demo', toxiproxy],
      ]);
      expect(problems).toContain('environment demo has no valid file now, so it is swept as it was last');
    }
  });

  it('still lead to the system of faults that do not end by themselves when it has left a valid file', () => {
    const files = read();
    writeFileSync(file(), JSON.stringify({ kind: 'environment', name: 'demo' }));
    const [demo] = files.read().environments;
    expect(demo?.connections('toxiproxy')).toEqual(toxiproxy);
    expect(demo?.connections('kubernetes')).toBeUndefined();
  });

  it('say nothing of an environment that was never read', () => {
    expect(read().isGone('other')).toBe(false);
  });
});
