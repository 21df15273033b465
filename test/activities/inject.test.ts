import { MockActivityEnvironment } from '@temporalio/testing';
import { injectActivities } from '../../activities/inject';
import { fakeFaultDriver } from '../fakes/fault-driver';
import { anInjection } from '../fakes/injection';
import { calmTools } from '../promises/calm-tools';

test('an inject that does not end is told to when its time is over, so that it cannot act later', async () => {
  const faults = [
    fakeFaultDriver({
      kind: 'fake/hangs',
      inject: (_injection, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('told to end')))),
    }),
  ];
  const { injectFault } = injectActivities(calmTools({ catalogue: { faults, signals: [] } }));
  const call = { environment: 'demo', isRehearsal: false, injection: anInjection({ fault: 'fake/hangs' }) };
  const context = new MockActivityEnvironment({ startToCloseTimeoutMs: 50 });
  await expect(context.run(injectFault, call)).rejects.toThrow('told to end');
});
