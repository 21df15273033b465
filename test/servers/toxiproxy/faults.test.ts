import { IncompleteList } from '../../../activities/faults/incomplete-list';
import { latency } from '../../../activities/faults/toxiproxy/latency';
import { timeout } from '../../../activities/faults/toxiproxy/timeout';
import { toxicName } from '../../../activities/faults/toxiproxy/toxic-name';
import type { AnyFaultDriver } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { startControlProxy, type ControlProxy } from '../../contract/control-proxy';
import { server } from '../../harness/servers';
import { openProxy, type OpenProxy } from './open-proxies';

const theirs = {
  name: 'theirs',
  type: 'latency',
  stream: 'downstream',
  toxicity: 1,
  attributes: { latency: 3, jitter: 0 },
};

let proxy: OpenProxy;
beforeEach(async () => {
  proxy = await openProxy((await server('redis')).port);
});
const closers: (() => void)[] = [];
afterEach(async () => {
  closers.splice(0).forEach((close) => close());
  await proxy.close();
});

/** Another address of the same Toxiproxy, on the way to which writes can be kept back. */
async function ownAddress(): Promise<ControlProxy> {
  const { port } = await server('toxiproxy');
  const control = await startControlProxy(() => port);
  closers.push(() => control.close());
  return control;
}

const listed = async (driver: AnyFaultDriver) =>
  (await driver.listFaults(proxy.tools())).filter(({ lockKey }) => lockKey.endsWith(`/${proxy.name}`));
const toxics = async () => (await proxy.raw.proxies())[0]?.toxics ?? [];
const place = (toxic: object) => proxy.raw.granted('POST', `/proxies/${proxy.name}/toxics`, toxic);

async function inject(driver: AnyFaultDriver, injection: Injection): Promise<void> {
  await driver.arm?.(injection, proxy.tools());
  await driver.inject(injection, proxy.tools());
}

describe('faults at a real Toxiproxy', () => {
  it('are told by their names alone, as they were prepared, each by its own driver', async () => {
    const held = proxy.injection(timeout, { timeout: '0ms', percent: 25 });
    await inject(timeout, held);
    expect(await listed(timeout)).toEqual([held]);
    expect(await listed(latency)).toEqual([]);
    await timeout.rollback(held, proxy.tools());
    expect(await listed(timeout)).toEqual([]);
  });

  it('leave the toxics of others as they are', async () => {
    await place(theirs);
    const injection = proxy.injection(latency, { delay: '5ms', jitter: '1ms', percent: 100 });
    await inject(latency, injection);
    expect(await toxics()).toHaveLength(2);
    expect((await latency.rollback(injection, proxy.tools())).end).toBe('absent');
    expect(await toxics()).toEqual([theirs]);
  });

  it('that cannot be read are told as a problem beside those that can', async () => {
    const injection = proxy.injection(latency, { delay: '5ms', percent: 100 });
    await inject(latency, injection);
    await place({ ...theirs, name: 'gd-broken' });
    const error: unknown = await latency.listFaults(proxy.tools()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IncompleteList);
    if (!(error instanceof IncompleteList)) return;
    expect(error.problems.join()).toContain(`gd-broken of proxy ${proxy.name} is named like ours`);
    expect(error.faults.map(({ injectionId }) => injectionId)).toContain(injection.injectionId);
  });

  it('are gone with their proxy', async () => {
    const injection = proxy.injection(latency, { delay: '5ms', percent: 100 });
    await inject(latency, injection);
    await proxy.raw.remove();
    expect((await latency.status(injection, proxy.tools())).state).toBe('absent');
    expect(await latency.rollback(injection, proxy.tools())).toMatchObject({ end: 'gone' });
    await expect(latency.inject(injection, proxy.tools())).rejects.toMatchObject({ name: 'Refused' });
  });

  it('that were taken for themselves by somebody else are drifted, and injected no further', async () => {
    const injection = proxy.injection(latency, { delay: '5ms', percent: 100 });
    await latency.arm?.(injection, proxy.tools());
    await proxy.raw.tamper(injection.injectionId);
    expect((await latency.status(injection, proxy.tools())).state).toBe('drifted');
    await expect(latency.inject(injection, proxy.tools())).rejects.toThrow(/changed by somebody else/);
    await expect(latency.arm?.(injection, proxy.tools())).rejects.toThrow(/another toxic of this name/);
  });

  it('are overdue once their time has passed, and armed no more', async () => {
    const injection = proxy.injection(latency, { delay: '5ms', percent: 100 });
    await inject(latency, injection);
    const late = proxy.tools({ now: () => Date.parse(injection.notAfter) });
    expect((await latency.status(injection, late)).state).toBe('overdue');
    await expect(latency.arm?.(injection, late)).rejects.toThrow(/its time was over/);
  });

  it.each(['POST', 'PATCH'])(
    'that are rolled back right before the %s of an inject are gone after it',
    async (method) => {
      const injection = proxy.injection(timeout, { percent: 100 });
      await timeout.arm?.(injection, proxy.tools());
      const control = await ownAddress();
      const ends: string[] = [];
      control.beforeWrite = async (_, request) => {
        if (request.method === method) ends.push((await timeout.rollback(injection, proxy.tools())).end);
        return true;
      };
      const slowly = proxy.tools({ connection: { url: `http://127.0.0.1:${control.port}` } });
      await expect(timeout.inject(injection, slowly)).rejects.toThrow(/not armed any more/);
      expect(ends).toEqual(['absent']);
      expect(await toxics()).toEqual([]);
    },
  );

  it('that two late attempts bring about between them are gone when the attempts are', async () => {
    const injection = proxy.injection(timeout, { percent: 100 });
    await timeout.arm?.(injection, proxy.tools());
    const control = await ownAddress();
    control.beforeWrite = async (_, request) => {
      if (request.method !== 'PATCH') return true;
      await timeout.rollback(injection, proxy.tools());
      const name = request.url?.split('/').pop();
      await place({ name, type: 'timeout', stream: 'downstream', toxicity: 0, attributes: { timeout: 0 } });
      return true;
    };
    const slowly = proxy.tools({ connection: { url: `http://127.0.0.1:${control.port}` } });
    await expect(timeout.inject(injection, slowly)).rejects.toThrow(/not armed any more/);
    expect(await toxics()).toEqual([]);
  });

  it.each(['POST', 'PATCH'])(
    'are gone when the %s of an inject got no answer before its call was over, and a rollback came between',
    async (method) => {
      const injection = proxy.injection(timeout, { percent: 100 });
      await timeout.arm?.(injection, proxy.tools());
      const control = await ownAddress();
      const call = new AbortController();
      control.beforeWrite = async (_, request) => {
        if (request.method !== method) return request.method !== 'PATCH';
        await timeout.rollback(injection, proxy.tools());
        await place({ name: toxicName(injection), type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } });
        call.abort();
        control.beforeWrite = () => true;
        return false;
      };
      const slowly = { connection: { url: `http://127.0.0.1:${control.port}` }, signal: call.signal };
      await expect(timeout.inject(injection, proxy.tools(slowly))).rejects.toThrow(/not armed any more/);
      expect(await toxics()).toEqual([]);
    },
  );

  it('are removed by their name wherever they are seen, also by another address of their Toxiproxy', async () => {
    const injection = proxy.injection(latency, { delay: '5ms', percent: 100 });
    await inject(latency, injection);
    const control = await ownAddress();
    const tools = proxy.tools({ connection: { url: `http://127.0.0.1:${control.port}` } });
    expect((await latency.status(injection, tools)).state).toBe('active');
    expect(await latency.rollback(injection, tools)).toMatchObject({ end: 'absent', foundActive: true });
    await expect(latency.rollback(injection, tools)).rejects.toThrow(/another Toxiproxy/);
    expect(await latency.rollback(injection, proxy.tools())).toMatchObject({ end: 'absent', foundActive: false });
    expect(await toxics()).toEqual([]);
  });
});
