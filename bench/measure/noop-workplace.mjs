import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own with an environment `bench` in which the no-op may mark some names; `end` removes it. */
export async function makeWorkplace(names) {
  const dir = await mkdtemp(join(tmpdir(), 'gameday-bench-'));
  await mkdir(join(dir, 'environments'));
  await writeFile(join(dir, 'environments', 'bench.yaml'), environment(names));
  return { dir, end: () => rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

// JSON is YAML, and needs no care with quotes.
function environment(names) {
  const atOnce = names.length;
  return JSON.stringify({
    kind: 'environment',
    name: 'bench',
    connections: { noop: { directory: '../.gameday/noop' } },
    targets: { noop: names.map((name) => ({ name })) },
    limits: {
      targetsMax: 1,
      trafficPercentMax: 100,
      injectionMax: '30m',
      concurrentExperimentsMax: atOnce,
      concurrentInjectionsMax: atOnce,
    },
  });
}

/** A scenario that does nothing to a name for a while; `more` adds signals and what is expected of them. */
export function noopScenario(name, holdsFor, more = {}) {
  return JSON.stringify({
    kind: 'experiment',
    name: 'no-op',
    environment: 'bench',
    hypothesis: 'When nothing is done, nothing happens.',
    steps: [{ inject: 'noop/nothing', target: { name }, for: holdsFor }],
    ...more,
  });
}
