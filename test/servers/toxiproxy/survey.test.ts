import { latency } from '../../../activities/faults/toxiproxy/latency';
import { server } from '../../harness/servers';
import { openProxy, type OpenProxy } from './open-proxies';

let proxy: OpenProxy;
beforeEach(async () => {
  proxy = await openProxy((await server('redis')).port);
});
afterEach(() => proxy.close());

async function refusals(tools = proxy.tools(), name = proxy.name): Promise<string[]> {
  const step = { target: { proxy: name }, params: { delay: '1ms', percent: 5 } };
  return (await latency.survey(step, tools)).refusals;
}

const change = (part: object) => proxy.raw.granted('PATCH', `/proxies/${proxy.name}`, part);

describe('the survey of a proxy', () => {
  it('accepts one that is opted in and free, and does not pretend to bound its traffic', async () => {
    const survey = await latency.survey(
      { target: { proxy: proxy.name, stream: 'upstream' }, params: { delay: '1ms', percent: 5 } },
      proxy.tools(),
    );
    const { port } = await server('toxiproxy');
    expect(survey).toEqual({
      targets: [
        {
          identity: `toxiproxy:127.0.0.1:${port}/${proxy.name}#upstream`,
          lockKey: `toxiproxy:127.0.0.1:${port}/${proxy.name}`,
          description: `upstream of proxy ${proxy.name}`,
          facts: { proxy: proxy.name, stream: 'upstream' },
        },
      ],
      ...{ total: 1, percent: 100, trafficPercent: 100, refusals: [] },
    });
  });

  it('refuses one that is not there, and names those that are', async () => {
    expect((await refusals(proxy.tools(), 'nowhere')).join()).toMatch(/has no proxy nowhere; it has .*test-/);
  });

  it('refuses one that is disabled', async () => {
    await change({ enabled: false });
    expect(await refusals()).toEqual([expect.stringContaining('is disabled')]);
  });

  it('refuses one that any Gameday is at work on, whatever the harm', async () => {
    const toxic = {
      name: 'gd-another-1-1.bandwidth.x.y',
      type: 'bandwidth',
      stream: 'upstream',
      attributes: { rate: 1 },
    };
    await proxy.raw.granted('POST', `/proxies/${proxy.name}/toxics`, toxic);
    expect(await refusals()).toEqual([expect.stringContaining('already carries gd-another-1-1.bandwidth')]);
  });

  it('refuses one before the API through which its faults are removed', async () => {
    const { port } = await server('toxiproxy');
    await change({ upstream: `localhost:${port}` });
    expect(await refusals()).toEqual([expect.stringContaining(`on the way to 127.0.0.1:${port}`)]);
  });

  it('refuses one that we go through to Temporal, and one before Temporal', async () => {
    const listening = `localhost:${await proxy.port()}`;
    expect(await refusals(proxy.tools({ removalPath: [listening] }))).toEqual([
      expect.stringContaining('on the way to'),
    ]);
    await change({ upstream: '10.1.2.3:7233' });
    expect(await refusals(proxy.tools({ removalPath: ['10.1.2.3:7233'] }))).toHaveLength(1);
    expect(await refusals(proxy.tools({ removalPath: ['10.1.2.4:7233'] }))).toEqual([]);
  });

  it('refuses when Toxiproxy cannot be asked', async () => {
    const tools = proxy.tools({ connection: { url: 'http://127.0.0.1:1' } });
    expect(await refusals(tools)).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });
});
