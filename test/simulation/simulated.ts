import { ApplicationFailure } from '@temporalio/common';
import { failureType } from '../../src/domain/failure-type';
import type { Injection } from '../../src/domain/injection';
import type { Plan } from '../../src/domain/plan';
import { workflowId } from '../../src/domain/workflow-id';
import type { Fakes } from '../harness/isolate/attempt';
import type { Isolate } from '../harness/isolate/isolate';
import type { FakeTarget } from '../workflows/fake-target';
import { virtualOrchestrator } from '../workflows/virtual-orchestrator';
import { World } from '../workflows/world';
import { Dice } from './dice';
import { incidents, scheduleDecisions } from './incidents';
import { randomPlan } from './random-plan';
import { withTroubles } from './troubles';

const sweepEveryMs = 30_000;
const injectEndsMs = 15_000;
const incidentsWithinMs = 60_000;

/** One experiment in a world that fails by seed, with notes of what no workflow can be asked. */
export class Simulated {
  readonly plan: Plan;
  readonly world: World;
  readonly features: { hasFence: boolean; hasLease: boolean };
  readonly approvals: { name: string; atMs: number }[] = [];
  readonly terminated = new Set<string>();
  /** What was wrong at the very moment when a fault came into effect. */
  readonly violations: string[] = [];
  readonly story: string[] = [];
  private readonly dice: Dice;
  private readonly startedAtMs: number;

  constructor(
    readonly seed: number,
    isolate: Isolate,
  ) {
    const dice = new Dice(seed * 7_919);
    this.dice = dice;
    this.plan = randomPlan(dice);
    this.features = { hasFence: dice.falls(0.6), hasLease: dice.falls(0.5) };
    const isRough = dice.falls(0.7);
    const chance = (most: number): number => (isRough ? dice.next() * most : 0);
    const chances = { control: chance(0.15), inject: chance(0.4), rollBack: chance(0.7), observe: chance(0.2) };
    // A fence refuses however late it is; without one everything rests on an attempt that ends with its time.
    const troubles = { ...chances, ...(this.features.hasFence ? {} : { injectEndsMs }) };
    const fakes = (calm: Fakes, target: FakeTarget): Fakes =>
      withTroubles({ ...calm, ...this.targetFakes(calm, target) }, dice, troubles);
    this.world = new World({ isolate, fakes, features: this.features, delayMs: (hop) => this.delayMs(hop) });
    if (dice.falls(0.1)) this.world.target.hits = 0;
    this.startedAtMs = this.world.temporal.clock.nowMs;
    this.world.target.beforeInject = (injection) => this.inspect(injection);
  }

  /** Plays the whole story until everything is over and nothing can come late any more. */
  async play(): Promise<void> {
    await this.world.start({ plan: this.plan });
    if (this.plan.approval) scheduleDecisions(this, this.dice);
    this.scheduleIncidents();
    this.scheduleObservations();
    this.scheduleSweep();
    await this.world.temporal.runUntil(() => this.isOver(), 4 * 3_600_000);
    await this.world.temporal.advance(180_000);
  }

  async terminate(id: string, keepsChildren = false): Promise<void> {
    const run = this.world.temporal.open(id);
    if (!run) return;
    this.terminated.add(run.runId);
    await this.world.temporal.terminate(id, keepsChildren);
  }

  /** Whether something was done to this run, or to one of its children, that ends workflows without a word. */
  get isCalm(): boolean {
    return this.terminated.size === 0;
  }

  private isOver(): boolean {
    const { runs, clock } = this.world.temporal;
    if (clock.nowMs < this.startedAtMs + incidentsWithinMs + 1_000) return false;
    return runs.every((run) => !run.isOpen || run.type === 'environment');
  }

  private scheduleIncidents(): void {
    const names = Object.keys(incidents) as [keyof typeof incidents];
    for (let left = this.dice.of([0, 1, 1, 2, 3]); left > 0; left -= 1) {
      const name = this.dice.of(names);
      const atMs = this.dice.between(0, incidentsWithinMs);
      this.story.push(`${name} after ${atMs} ms`);
      this.world.temporal.clock.after(atMs, () => void incidents[name](this, this.dice));
    }
  }

  /** By chance a hold does not go well. */
  private scheduleObservations(): void {
    const end = this.dice.of(['held', 'held', 'held', 'breached', 'lost-sight', 'blocked', 'fault-ended'] as const);
    const afterMs = this.dice.between(0, 10_000);
    this.story.push(`holds end ${end} after ${afterMs} ms`);
    const reason = `scripted ${end}`;
    const breaches = [{ kind: 'guard', signal: 'p95', at: new Date(0).toISOString(), reason, readings: [] } as const];
    this.world.observer.script = ({ purpose }) =>
      end === 'held' || purpose !== 'hold'
        ? undefined
        : {
            end,
            afterMs,
            reasons: [reason],
            ...(end === 'breached' ? { breaches: breaches.map((one) => ({ ...one, readings: [] })) } : {}),
          };
  }

  /** The fourth layer, where the workflows alone cannot keep the promise: an injection was terminated. */
  private scheduleSweep(): void {
    const { target, temporal } = this.world;
    const orchestrator = virtualOrchestrator(() => temporal);
    const sweep = async (): Promise<void> => {
      for (const fault of target.traces()) {
        const holder = await orchestrator.findHolder(fault.lockKey);
        const isOver = temporal.clock.nowMs >= Date.parse(fault.notAfter);
        if (!this.isCalm && (isOver || holder?.injectionId !== fault.injectionId)) target.sweep(fault);
      }
      temporal.clock.after(sweepEveryMs, () => void sweep());
    };
    temporal.clock.after(sweepEveryMs, () => void sweep());
  }

  private targetFakes(calm: Fakes, target: FakeTarget): Pick<Fakes, 'prepareFault'> {
    return {
      async prepareFault(input, attempt) {
        const { lockKey, injectionId } = input.prepared;
        const isTagged = target.traces().some((one) => one.lockKey === lockKey && one.injectionId !== injectionId);
        if (isTagged) throw ApplicationFailure.nonRetryable(`${lockKey} carries a fault already`, failureType.refused);
        return calm.prepareFault(input, attempt);
      },
    };
  }

  private delayMs(hop: 'signal' | 'task'): number {
    if (hop === 'task') return this.dice.between(1, 100);
    return this.dice.falls(0.05) ? this.dice.between(1, 10) * 1_000 : this.dice.between(1, 200);
  }

  private inspect({ injectionId, lockKey }: Injection): void {
    const { target, temporal } = this.world;
    const holder = temporal.open(workflowId.injection(lockKey))?.args[0];
    const isHolder = typeof holder === 'object' && holder !== null && 'injectionId' in holder;
    const isLocked = isHolder && holder.injectionId === injectionId;
    if (!isLocked && this.isCalm) this.violations.push(`${injectionId} came into effect without holding ${lockKey}`);
    const others = target.active().filter((one) => one.injectionId !== injectionId);
    if (others.some((one) => one.lockKey === lockKey) && this.isCalm)
      this.violations.push(`${injectionId} came into effect on top of another fault of ${lockKey}`);
    const { targetsMax } = this.plan.blastRadius;
    const mine = others.filter((one) => one.experimentId === injectionId.split('-')[0]);
    if (mine.length + 1 > targetsMax) this.violations.push(`more than ${targetsMax} targets were harmed at once`);
  }
}
