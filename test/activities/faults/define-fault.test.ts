import { z } from 'zod';
import { defineFault } from '../../../activities/faults/define-fault';
import type { DriverTools, FaultDriver } from '../../../src/domain/fault-driver';
import { fakeFaultDriver } from '../../fakes/fault-driver';
import { anInjection } from '../../fakes/injection';

const surveyed: unknown[] = [];
const { capabilities, prepare, inject, status, rollback, listFaults } = fakeFaultDriver();
const knocking: FaultDriver<{ times: number }, { door: string }, { address: string; token: string }> = {
  kind: 'fake/knock',
  summary: 'Knocks at a door.',
  system: {
    name: 'fake',
    summary: 'A door.',
    connection: z.strictObject({ address: z.string(), token: z.string() }),
    optIn: z.json(),
  },
  params: z.strictObject({ times: z.number().int().default(3) }),
  selector: z.strictObject({ door: z.string() }),
  survey(step, tools) {
    surveyed.push([step, tools.connection.address]);
    return Promise.resolve({ targets: [], total: 1, percent: 100, trafficPercent: 100, refusals: [] });
  },
  ...{ capabilities, prepare, inject, status, rollback, listFaults },
};
const driver = defineFault(knocking);
const connection = { address: 'here', token: 'planted-secret' };
const tools = (change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> => ({
  ...{ connection, optedIn: [], environment: 'demo', signal: new AbortController().signal, now: Date.now },
  ...change,
});
const knock = { target: { door: 'front' }, params: {} };

describe('defineFault', () => {
  it('hands the driver parsed values with every default filled', async () => {
    await driver.survey(knock, tools());
    expect(surveyed).toEqual([[{ target: { door: 'front' }, params: { times: 3 } }, 'here']]);
  });

  it.each([
    ['a selector', { ...knock, target: { window: 'front' } }, tools(), 'cannot use the target of fake/knock: door'],
    ['parameters', { ...knock, params: { times: 'often' } }, tools(), 'cannot use the parameters of fake/knock: times'],
    ['a connection', knock, tools({ connection: { address: 1 } }), 'cannot use the connection of fake: address'],
  ])('rejects %s that does not fit and names the place', async (_, step, given, message) => {
    await expect(driver.survey(step, given)).rejects.toMatchObject({
      name: 'Invalid',
      message: expect.stringContaining(message),
    });
  });

  it('says nothing of the values it rejects', async () => {
    const given = tools({ connection: { address: 'here', token: ['planted-secret'], more: 'planted-secret' } });
    const said = await driver.listFaults(given).catch((error: unknown) => String(error));
    expect(said).toContain('token');
    expect(said).not.toContain('planted-secret');
  });

  it('rejects an injection id that could leave its place at a target', async () => {
    const prepared = anInjection({ injectionId: '../../etc/passwd', params: {} });
    await expect(driver.prepare(prepared, tools())).rejects.toMatchObject({ name: 'Invalid' });
  });

  it('offers arm and renew only where the driver has them', () => {
    expect([driver.arm, driver.renew]).toEqual([undefined, undefined]);
    const leased = defineFault(fakeFaultDriver({ arm: async () => undefined, renew: async () => undefined }));
    expect([typeof leased.arm, typeof leased.renew]).toEqual(['function', 'function']);
  });
});
