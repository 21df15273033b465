import { z, type ZodType } from 'zod';
import type { Catalogue } from '../domain/catalogue';
import type { AnyFaultDriver } from '../domain/fault-driver';
import { canonicalJson } from '../domain/json';
import type { InjectStep, ParallelStep, PauseStep, PlannedStep } from '../domain/step';
import { byKey, byValue } from './by-key';
import { duration } from './duration';
import { finding, type Finding, type Path } from './finding';
import { plainJson } from './plain-json';

/** A step in its shape; ids come with its place in the plan. */
export type WrittenStep =
  | Omit<InjectStep, 'id'>
  | Omit<PauseStep, 'id'>
  | (Omit<ParallelStep, 'id' | 'steps'> & { steps: Omit<InjectStep, 'id'>[] });

/** The shape of one step, with the target and the parameters of every driver in place. */
export function stepShape(catalogue: Catalogue): ZodType<WrittenStep> {
  const inject = byValue('inject', injectShapes(catalogue.faults));
  const pause = z
    .strictObject({ pause: duration() })
    .transform((step): WrittenStep => ({ kind: 'pause', forMs: step.pause }));
  const parallel = z
    .strictObject({ parallel: z.array(byKey({ inject })).min(1).max(20) })
    .transform((step): WrittenStep => ({ kind: 'parallel', steps: step.parallel }));
  return byKey<WrittenStep>({ inject, pause, parallel });
}

function injectShapes(drivers: AnyFaultDriver[]): Record<string, ZodType<Omit<InjectStep, 'id'>>> {
  return Object.fromEntries(drivers.map((driver) => [driver.kind, injectShape(driver)]));
}

function injectShape(driver: AnyFaultDriver): ZodType<Omit<InjectStep, 'id'>> {
  return z
    .strictObject({
      inject: z.literal(driver.kind),
      target: driver.selector,
      with: driver.params.prefault({}),
      for: duration(),
      injectWithin: duration({ min: '1s', max: '10m' }).prefault('30s'),
      lease: duration({ min: '1s', max: '10m' }).prefault('15s'),
    })
    .transform((step) => ({
      kind: 'inject',
      fault: step.inject,
      target: plainJson(step.target),
      params: plainJson(step.with),
      forMs: step.for,
      injectWithinMs: step.injectWithin,
      leaseMs: step.lease,
    }));
}

/** The steps with their ids: `1`, `2`, and `2.1` inside a group. */
export function planSteps(written: WrittenStep[]): PlannedStep[] {
  return written.map((step, index) => {
    const id = String(index + 1);
    if (step.kind !== 'parallel') return { ...step, id };
    return { kind: 'parallel', id, steps: step.steps.map((one, place) => ({ ...one, id: `${id}.${place + 1}` })) };
  });
}

/** What is wrong with the steps taken together: nothing to inject (when all are known), one target twice at once. */
export function checkSteps(steps: WrittenStep[], isWhole: boolean): Finding[] {
  const repeated = steps.flatMap((step, index) =>
    step.kind === 'parallel' ? [...repeatedTargets(step.steps, index), ...unequalHolds(step.steps, index)] : [],
  );
  const isInjecting = steps.some((step) => step.kind !== 'pause');
  return isInjecting || !isWhole
    ? repeated
    : [finding(['steps'], 'expected at least one step that injects a fault, found none')];
}

function repeatedTargets(steps: Omit<InjectStep, 'id'>[], index: number): Finding[] {
  const keys = steps.map((step) => `${systemOf(step.fault)} ${canonicalJson(step.target)}`);
  const repeated = keys.flatMap((key, place) => (keys.indexOf(key) < place ? [place] : []));
  const message = 'expected each target once in a parallel group, found it again';
  return repeated.map((place) => finding(['steps', index, 'parallel', place, 'target'], message));
}

/** Faults of one group are watched and ended together. */
function unequalHolds(steps: Omit<InjectStep, 'id'>[], index: number): Finding[] {
  const [first] = steps;
  const unequal = steps.flatMap((step, place) => (step.forMs === first?.forMs ? [] : [place]));
  const message = 'expected the same for as the first step of the group, found another';
  return unequal.map((place) => finding(['steps', index, 'parallel', place, 'for'], message));
}

/** An injection with its place in the file. */
export interface PlacedInjection {
  step: Omit<InjectStep, 'id'>;
  path: Path;
}

/** Every injection of the steps, those of parallel groups included. */
export function injectionsOf(steps: WrittenStep[]): PlacedInjection[] {
  return steps.flatMap((step, index): PlacedInjection[] => {
    if (step.kind === 'pause') return [];
    if (step.kind === 'inject') return [{ step, path: ['steps', index] }];
    return step.steps.map((one, place) => ({ step: one, path: ['steps', index, 'parallel', place] }));
  });
}

/** The first half of a kind, such as `sdk` of `sdk/error`. */
export function systemOf(fault: string): string {
  return fault.split('/')[0] ?? fault;
}
