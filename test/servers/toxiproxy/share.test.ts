import { latency } from '../../../activities/faults/toxiproxy/latency';
import { askRedis } from '../../contract/ask-redis';
import { server } from '../../harness/servers';
import { openProxy, type OpenProxy } from './open-proxies';

const connections = 60;
const delayMs = 80;

let proxy: OpenProxy;
beforeEach(async () => {
  proxy = await openProxy((await server('redis')).port);
});
afterEach(() => proxy.close());

/** Injects for a share of the connections and says what share of new ones really met it, in percent, and what we report. */
async function reach(percent: number): Promise<{ reached: number; evidence: string; afterwards: string }> {
  const injection = proxy.injection(latency, { delay: `${delayMs}ms`, percent });
  await latency.arm?.(injection, proxy.tools());
  await latency.inject(injection, proxy.tools());
  const port = await proxy.port();
  let hit = 0;
  for (let count = 0; count < connections; count += 1)
    if ((await askRedis(port, { bytes: 4, withinMs: 5_000 })).tookMs >= delayMs - 5) hit += 1;
  const { evidence } = await latency.status(injection, proxy.tools());
  const { evidence: afterwards } = await latency.rollback(injection, proxy.tools());
  process.stdout.write(
    `  asked for ${percent} % of connections, reached ${((100 * hit) / connections).toFixed(0)} %\n`,
  );
  return { reached: (100 * hit) / connections, evidence, afterwards };
}

describe('the share that a toxic reaches', () => {
  it('is every connection at 100 %, and is reported so', async () => {
    const { reached, evidence, afterwards } = await reach(100);
    expect(reached).toBe(100);
    expect([evidence, afterwards]).toEqual([expect.stringContaining('100 %'), expect.stringContaining('100 %')]);
  });

  it('is drawn for each connection below that, and is reported as unknown instead of as asked for', async () => {
    const { reached, evidence, afterwards } = await reach(50);
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(100);
    for (const said of [evidence, afterwards]) expect(said).toMatch(/chance of 50 %.* the share it reached is unknown/);
  });
});
