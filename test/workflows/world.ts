import type { Evidence, InjectionRecord, Stop } from '../../src/domain/evidence';
import type { Plan } from '../../src/domain/plan';
import type { ExperimentInput, ExperimentResult } from '../../src/domain/progress';
import type { Verdict } from '../../src/domain/verdict';
import { workflowId } from '../../src/domain/workflow-id';
import { abort, progress } from '../../workflows/messages';
import { aPlan } from '../fakes/plan';
import type { Fakes } from '../harness/isolate/attempt';
import type { Isolate } from '../harness/isolate/isolate';
import { VirtualTemporal } from '../harness/isolate/virtual-temporal';
import type { VirtualTemporalOptions } from '../harness/isolate/virtual-temporal';
import { fakeActivities } from './fake-activities';
import { FakeObserver } from './fake-observer';
import { FakeTarget } from './fake-target';
import { virtualOrchestrator } from './virtual-orchestrator';

export interface WorldOptions extends Partial<Pick<VirtualTemporalOptions, 'delayMs'>> {
  isolate: Isolate;
  /** Replaces single activities; is handed the ones that succeed. */
  fakes?: (calm: Fakes, target: FakeTarget) => Partial<Fakes>;
  features?: { hasFence: boolean; hasLease: boolean };
}

/** Everything an experiment meets, fake but for its workflows: Temporal, activities, an observer and a target. */
export class World {
  readonly temporal: VirtualTemporal;
  readonly target: FakeTarget;
  readonly observer: FakeObserver;
  readonly stored: { evidence: Evidence; verdict: Verdict }[] = [];

  constructor({ isolate, fakes, features, ...options }: WorldOptions) {
    this.target = new FakeTarget(() => this.temporal.clock.nowMs, features);
    const orchestrator = virtualOrchestrator(() => this.temporal);
    this.observer = new FakeObserver(orchestrator, this.target);
    const calm = fakeActivities(orchestrator, this.target, this.observer, this.stored);
    this.temporal = new VirtualTemporal({ isolate, fakes: { ...calm, ...fakes?.(calm, this.target) }, ...options });
  }

  /** Starts an experiment; its id is `e1` unless it says otherwise. */
  async start(over: Partial<ExperimentInput> = {}): Promise<string> {
    const input = anExperimentInput(over);
    await this.temporal.start('experiment', workflowId.experiment(input.experimentId), input);
    return input.experimentId;
  }

  /** Lets time run until the experiment has ended. */
  async result(experimentId = 'e1', withinMs?: number): Promise<ExperimentResult> {
    const outcome = await this.temporal.outcomeOf(workflowId.experiment(experimentId), withinMs);
    if (outcome.status !== 'completed') throw new Error(`the experiment ended ${JSON.stringify(outcome)}`);
    return outcome.result as ExperimentResult;
  }

  /** Starts an experiment and lets it run to its end. */
  async runToEnd(over: Partial<ExperimentInput> = {}): Promise<ExperimentResult> {
    return this.result(await this.start(over));
  }

  /** The evidence that was stored last. */
  get evidence(): Evidence {
    const last = this.stored.at(-1);
    if (!last) throw new Error('no evidence was stored');
    return last.evidence;
  }

  /** The record of the only injection in the evidence. */
  get injection(): InjectionRecord {
    const [first] = this.evidence.injections;
    if (!first) throw new Error('nothing stands in the evidence');
    return first;
  }

  /** Lets time run until the experiment is in a phase; throws when it never is. */
  async untilPhase(phase: string, experimentId = 'e1'): Promise<void> {
    let isThere = false;
    const id = workflowId.experiment(experimentId);
    for (let looks = 0; !isThere && looks < 20_000; looks += 1) {
      await this.temporal.advance(100);
      isThere = (await this.temporal.query(id, progress)).phase === phase;
      if (!this.temporal.open(id)) break;
    }
    if (!isThere) throw new Error(`${id} was never seen in ${phase}`);
  }

  /** Lets time run until a fault is in effect. */
  async untilInjected(): Promise<void> {
    if (!(await this.temporal.runUntil(() => this.target.active().length > 0))) throw new Error('nothing was injected');
  }

  /** A person stops an experiment, as the API does: the experiment and its injections are told. */
  abort(experimentId = 'e1', lockKeys = ['sdk:payment']): void {
    const stop = aStop(new Date(this.temporal.clock.nowMs).toISOString());
    for (const id of [workflowId.experiment(experimentId), ...lockKeys.map((key) => workflowId.injection(key))])
      if (this.temporal.open(id)) this.abortAs(experimentId, id, stop);
  }

  /** Tells one workflow that an experiment is stopped, whether or not it is that one's. */
  abortAs(experimentId: string, id: string, stop: Stop): void {
    this.temporal.signal(id, abort, { experimentId, stop });
  }
}

/** A stop by a person. */
export function aStop(at: string): Stop {
  return { kind: 'abort', by: { name: 'olga', groups: ['sre'] }, reason: 'customers call', at };
}

/** What an experiment is started with. */
export function anExperimentInput(over: Partial<ExperimentInput> = {}): ExperimentInput {
  const startedBy = { name: 'maria', groups: ['sre'] };
  return { experimentId: 'e1', plan: aPlan(), planHash: 'plan-1', startedBy, isRehearsal: false, ...over };
}

/** A plan that asks one of the group `sre` first. */
export function anApprovalPlan(over: Partial<NonNullable<Plan['approval']>> = {}): Plan {
  const approval = { from: ['sre'], required: 1, expiresInMs: 1_800_000, remindEveryMs: 600_000, ...over };
  return aPlan({ approval });
}
