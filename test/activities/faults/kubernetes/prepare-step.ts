import { randomUUID } from 'node:crypto';
import type { AnyFaultDriver, DriverTools } from '../../../../src/domain/fault-driver';
import type { Injection } from '../../../../src/domain/injection';
import type { JsonObject } from '../../../../src/domain/json';

/** Surveys and prepares one step; rejects with what speaks against it. */
export async function prepareStep(
  driver: AnyFaultDriver,
  step: { target: JsonObject; params: JsonObject },
  tools: DriverTools<unknown>,
): Promise<Injection> {
  const { targets, refusals } = await driver.survey(step, tools);
  if (refusals.length > 0) throw new Error(refusals.join('; '));
  const experimentId = `test-${randomUUID().slice(0, 8)}`;
  return driver.prepare(
    {
      ...{ injectionId: `${experimentId}-1-1`, experimentId, fault: driver.kind, environment: 'test' },
      ...{ lockKey: targets[0]?.lockKey ?? '', home: 'test-home', targets, params: step.params, leaseMs: 10_000 },
      hardStopAt: new Date(Date.now() + 60_000).toISOString(),
      notAfter: new Date(Date.now() + 120_000).toISOString(),
    },
    tools,
  );
}
