import type { Plan } from '../../src/domain/plan';
import type { InjectStep, PlannedStep } from '../../src/domain/step';
import { aPlan, anInjectStep } from '../fakes/plan';
import type { Dice } from './dice';

/** A short plan of one to three steps on one or two services, sometimes with an approval. */
export function randomPlan(dice: Dice): Plan {
  const base = aPlan();
  const limits = { ...base.environment.limits, targetsMax: 2, concurrentExperimentsMax: dice.between(1, 2) };
  const environment = { ...base.environment, limits: { ...limits, concurrentInjectionsMax: dice.between(2, 3) } };
  const approval = { from: ['sre'], required: dice.between(1, 2), expiresInMs: 60_000, remindEveryMs: 20_000 };
  return aPlan({
    environment,
    blastRadius: { targetsMax: 2, trafficPercentMax: 100 },
    steps: randomSteps(dice),
    steadyState: { ...base.steadyState, forMs: dice.between(1, 5) * 1_000 },
    recovery: { ...base.recovery, withinMs: 20_000 },
    rollbackWithinMs: dice.of([30_000, 120_000]),
    storeWaitMaxMs: 30_000,
    ...(dice.falls(0.3) ? { approval } : {}),
  });
}

function randomSteps(dice: Dice): PlannedStep[] {
  const steps: PlannedStep[] = [];
  const count = dice.of([1, 1, 1, 2, 2, 3]);
  for (let index = 1; index <= count; index += 1) steps.push(randomStep(dice, String(index)));
  return steps;
}

function randomStep(dice: Dice, id: string): PlannedStep {
  if (dice.falls(0.15)) return { kind: 'pause', id, forMs: dice.between(1, 20) * 1_000 };
  if (dice.falls(0.75)) return randomInject(dice, id, dice.of(['payment', 'payment', 'basket']));
  const steps = ['payment', 'basket'].map((service, index) => randomInject(dice, `${id}.${index + 1}`, service));
  return { kind: 'parallel', id, steps };
}

function randomInject(dice: Dice, id: string, service: string): InjectStep {
  const forMs = dice.between(2, 12) * 1_000;
  return anInjectStep({ id, target: { service }, forMs, injectWithinMs: dice.of([10_000, 30_000]), leaseMs: 15_000 });
}
