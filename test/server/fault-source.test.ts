import { IncompleteList } from '../../activities/faults/incomplete-list';
import { listFaults } from '../../src/server/fault-source';
import type { SweepEnvironment } from '../../src/sweep/sweep-environment';
import { fakeFaultDriver } from '../fakes/fault-driver';
import { anInjection } from '../fakes/injection';

const demo: SweepEnvironment = { name: 'demo', connections: () => ({}), optedIn: () => [] };

describe('the list of faults', () => {
  test('holds what a list that is incomplete knows, and says what it lacks', async () => {
    const fault = anInjection();
    const incomplete = new IncompleteList([fault], ['payment did not answer']);
    const whole = anInjection();

    const found = await listFaults(
      [
        fakeFaultDriver({ listFaults: () => Promise.reject(incomplete) }),
        fakeFaultDriver({ listFaults: async () => [whole] }),
      ],
      [demo],
    );

    expect(found.faults.map(({ injectionId }) => injectionId)).toEqual([fault.injectionId, whole.injectionId]);
    expect(found.troubles).toEqual([expect.stringMatching(/in demo: .*payment did not answer/)]);
  });

  test('names a system that does not answer and holds what the others know', async () => {
    const found = await listFaults(
      [
        fakeFaultDriver({ listFaults: () => Promise.reject(new Error('no answer')) }),
        fakeFaultDriver({ listFaults: async () => [anInjection()] }),
      ],
      [demo],
    );

    expect(found.faults).toHaveLength(1);
    expect(found.troubles).toEqual([expect.stringMatching(/in demo: no answer/)]);
  });

  test('asks nothing of a system that an environment has no connection for', async () => {
    const driver = fakeFaultDriver({ listFaults: () => Promise.reject(new Error('nobody may ask')) });

    expect(await listFaults([driver], [{ ...demo, connections: () => undefined }])).toEqual({
      faults: [],
      troubles: [],
    });
  });
});
