import { z } from 'zod';
import { signalProviders } from '../../../activities/signals';
import { defineSignal } from '../../../activities/signals/define-signal';
import { aContext, readNow } from './open-probe';

const broken = defineSignal({
  kind: 'broken',
  summary: 'Fails.',
  query: z.strictObject({ times: z.number().default(1) }),
  measures: { value: { summary: 'A value.', unit: 'value', isWindowed: false } },
  open: () =>
    Promise.resolve({
      read: () => Promise.reject(new Error('password hunter2')),
      close: () => Promise.resolve(),
    }),
});

describe('a signal provider', () => {
  it('never throws from read, and repeats no message of an error', async () => {
    const probe = await broken.open({}, aContext());
    const reading = await readNow(probe, 'value');
    expect(reading).toMatchObject({ state: 'error', reason: 'the broken probe failed while it read value' });
  });

  it('answers a measure it does not have with those it has', async () => {
    const probe = await broken.open({}, aContext());
    expect(await readNow(probe, 'p95')).toMatchObject({ reason: 'broken has no measure p95; it has value' });
  });

  it('answers an instant that is none with an error', async () => {
    const probe = await broken.open({}, aContext());
    const reading = await probe.read({ signal: 'a', measure: 'value', windowMs: 1 }, new Date(Number.NaN));
    expect(reading).toMatchObject({ state: 'error', reason: 'the window has no end' });
  });

  it('names every problem of a query at once', async () => {
    await expect(broken.open({ times: 'x', other: 1 }, aContext())).rejects.toThrow(/times: .*; query: .*other/);
  });

  it('tells in one list what it can measure', () => {
    expect(signalProviders.map((one) => [one.kind, Object.keys(one.measures)[0]])).toEqual([
      ['http', 'success-ratio'],
      ['json', 'value'],
      ['prometheus', 'value'],
    ]);
  });
});
