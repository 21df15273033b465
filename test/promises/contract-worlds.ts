import { join } from 'node:path';
import { nothing } from '../../activities/faults/noop/nothing';
import { error } from '../../activities/faults/sdk/error';
import { sweep } from '../../src/sweep/sweep';
import type { SweepReport } from '../../src/sweep/sweep-report';
import { openNoopWorld } from '../contract/noop-world';
import { openSdkWorld } from '../contract/sdk-world';
import type { World } from '../contract/world';

const from = (file: string, exportName: string) => ({
  modulePath: join(__dirname, '../../activities/faults', file),
  exportName,
});

const openers: Record<string, () => Promise<World>> = {
  [nothing.kind]: () => openNoopWorld(nothing, from('noop/nothing', 'nothing')),
  [error.kind]: () => openSdkWorld(error, from('sdk/error', 'error')),
};

/** Every world in which a promise of drivers is put to the proof: one that expires by itself, one that does not. */
export const kinds = Object.keys(openers);

/** Opens one real target per kind for all tests of a file; each test finds it without any fault. */
export function contractWorldsOfThisFile(): (kind: string) => World {
  const worlds = new Map<string, World>();
  beforeAll(async () => {
    for (const [kind, open] of Object.entries(openers)) worlds.set(kind, await open());
  });
  beforeEach(async () => {
    for (const world of worlds.values()) await world.reset();
  });
  afterAll(async () => {
    for (const world of worlds.values()) await world.close();
  });
  return (kind) => {
    const world = worlds.get(kind);
    if (!world) throw new Error(`no world was opened for ${kind}`);
    return world;
  };
}

/** Sweeps a world as the sentinel does: with the driver and the environment alone. */
export function sweepAlone(world: World, nowMs: number): Promise<SweepReport> {
  const { connection, optedIn } = world.tools();
  const environment = { name: 'contract', connections: () => connection, optedIn: () => optedIn };
  return sweep({ drivers: [world.driver], environments: [environment], now: () => nowMs });
}
