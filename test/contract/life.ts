import { randomUUID } from 'node:crypto';
import type { Injection } from '../../src/domain/injection';
import type { Step, World } from './world';

/** How a life differs from the usual: ten seconds of lease, two minutes until its hard stop. */
export interface LifeOptions {
  step?: Step;
  leaseMs?: number;
}

/** Surveys and prepares, as a workflow would: what comes back has been through JSON. */
export async function prepareLife(
  world: World,
  { step = world.step, leaseMs = 10_000 }: LifeOptions = {},
): Promise<Injection> {
  const experimentId = `contract-${randomUUID().slice(0, 8)}`;
  const { targets } = await world.driver.survey(step, world.tools());
  const nowMs = Date.now();
  const prepared = await world.driver.prepare(
    {
      ...{ injectionId: `${experimentId}-1-1`, experimentId, fault: world.driver.kind, environment: 'contract' },
      ...{ lockKey: targets[0]?.lockKey ?? '', home: 'contract-home', targets, params: step.params, leaseMs },
      hardStopAt: new Date(nowMs + 120_000).toISOString(),
      notAfter: new Date(nowMs + 240_000).toISOString(),
    },
    world.tools(),
  );
  return JSON.parse(JSON.stringify(prepared));
}

/** Prepares and arms. */
export async function armLife(world: World, options?: LifeOptions): Promise<Injection> {
  const injection = await prepareLife(world, options);
  await world.driver.arm?.(injection, world.tools());
  return injection;
}

/** Prepares, arms and injects. */
export async function injectLife(world: World, options?: LifeOptions): Promise<Injection> {
  const injection = await armLife(world, options);
  await world.driver.inject(injection, world.tools());
  return injection;
}
