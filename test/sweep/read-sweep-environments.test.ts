import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { readSweepEnvironments } from '../../src/sweep/read-sweep-environments';

const demo = `kind: environment
name: demo
connections:
  noop: { directory: markers }
targets:
  noop: [{ name: anything }]
limits: { targetsMax: 1, trafficPercentMax: 100, injectionMax: 10m, concurrentExperimentsMax: 1, concurrentInjectionsMax: 1 }
`;

describe('readSweepEnvironments', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'gameday-environments-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('hands every system its connection and opted-in targets, and nothing where there is none', async () => {
    await writeFile(join(directory, 'demo.yaml'), demo);
    const { environments, problems } = readSweepEnvironments({ directory, catalogue, env: {} });
    const [environment] = environments;
    expect(problems).toEqual([]);
    expect(environment?.connections('noop')).toEqual({ directory: join(directory, 'markers') });
    expect(environment?.connections('sdk')).toBeUndefined();
    expect(environment?.optedIn('noop')).toEqual([{ name: 'anything' }]);
    expect(environment?.optedIn('constructor')).toEqual([]);
  });

  it('names a file that cannot be read and still gives the others', async () => {
    await writeFile(join(directory, 'broken.yaml'), 'kind: environment\nname: [');
    await writeFile(join(directory, 'demo.yaml'), demo);
    const { environments, problems } = readSweepEnvironments({ directory, catalogue, env: {} });
    expect(environments.map(({ name }) => name)).toEqual(['demo']);
    expect(problems[0]).toContain('broken.yaml');
  });
});
