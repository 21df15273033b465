import { randomUUID } from 'node:crypto';
import type { Injection } from '../../src/domain/injection';

/** An injection of the no-op on a name of its own, with a minute left unless said otherwise. */
export function anInjection(change: Partial<Injection> = {}): Injection {
  const experimentId = `fake-${randomUUID().slice(0, 8)}`;
  const [name, nowMs] = [experimentId, Date.now()];
  const target = {
    identity: `noop:${name}`,
    lockKey: `noop:${name}`,
    description: `the name ${name}`,
    facts: { name },
  };
  return {
    ...{ injectionId: `${experimentId}-1-1`, experimentId, fault: 'noop/nothing', environment: 'demo' },
    ...{ lockKey: target.lockKey, home: 'home-of-tests', targets: [target], params: { percent: 100 }, originals: {} },
    preparedAt: new Date(nowMs).toISOString(),
    hardStopAt: new Date(nowMs + 30_000).toISOString(),
    notAfter: new Date(nowMs + 60_000).toISOString(),
    leaseMs: 15_000,
    ...change,
  };
}
