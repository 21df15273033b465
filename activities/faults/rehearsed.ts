import type { AnyFaultDriver } from '../../src/domain/fault-driver';

/**
 * A driver that surveys as the real one does and then does nothing at all: what a rehearsal runs with. It keeps no
 * state, so it answers `active` to whoever holds its injection.
 */
export function rehearsed(driver: AnyFaultDriver): AnyFaultDriver {
  const { kind, summary, system, params, selector, survey } = driver;
  const nothing = async (): Promise<void> => undefined;
  const evidence = 'a rehearsal: nothing is done to the target';
  return {
    ...{ kind, summary, system, params, selector, survey },
    capabilities: { ...driver.capabilities, expiry: 'lease', hasFence: true, countsHits: false },
    prepare: async (prepared, { now }) => ({ ...prepared, originals: {}, preparedAt: new Date(now()).toISOString() }),
    arm: nothing,
    inject: nothing,
    renew: nothing,
    status: async () => ({ state: 'active', evidence }),
    rollback: async () => ({ end: 'absent', foundActive: true, evidence }),
    listFaults: async () => [],
  };
}
