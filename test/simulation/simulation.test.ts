import { openIsolate } from '../harness/isolate/isolate';
import type { Isolate } from '../harness/isolate/isolate';
import { brokenPromises } from './promises';
import { Simulated } from './simulated';

/** `GAMEDAY_SEEDS=5000` plays more, `GAMEDAY_SEED=17` plays one again. */
const one = process.env['GAMEDAY_SEED'];
const count = Number(process.env['GAMEDAY_SEEDS'] ?? 200);
const seeds = one === undefined ? Array.from({ length: count }, (_none, index) => index + 1) : [Number(one)];

let isolate: Isolate;
beforeAll(async () => {
  isolate = await openIsolate();
});
afterAll(() => isolate.close());

test.each(seeds)('seed %i keeps every promise', async (seed) => {
  const simulated = new Simulated(seed, isolate);
  try {
    await simulated.play();
    const broken = await brokenPromises(simulated);
    expect({ broken, story: broken.length > 0 ? simulated.story : [] }).toEqual({ broken: [], story: [] });
  } finally {
    await simulated.world.temporal.close();
  }
});
