import type { AnyFaultDriver } from '../../src/domain/fault-driver';

/**
 * The no-op in a driver's place: it surveys and prepares as the driver does, since both only read, and then harms nothing.
 * It keeps no state, so that a rehearsal survives a restart of its worker: a prepared injection counts as active until it
 * is rolled back.
 */
export function rehearsed(driver: AnyFaultDriver): AnyFaultDriver {
  const { kind, summary, system, params, selector, capabilities } = driver;
  const evidence = `rehearsal of ${kind}: nothing was harmed`;
  return {
    ...{ kind, summary, system, params, selector },
    capabilities: { ...capabilities, expiry: 'server', hasFence: true, countsHits: false },
    survey: (step, tools) => driver.survey(step, tools),
    prepare: (prepared, tools) => driver.prepare(prepared, tools),
    inject: () => Promise.resolve(),
    status: () => Promise.resolve({ state: 'active', evidence }),
    rollback: () => Promise.resolve({ end: 'absent', foundActive: true, evidence }),
    listFaults: () => Promise.resolve([]),
  };
}
