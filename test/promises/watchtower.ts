import { MockActivityEnvironment } from '@temporalio/testing';
import { watchActivities } from '../../activities/observe/observe';
import type { ObserveInput } from '../../activities/contract';
import type { Orchestrator, Tools } from '../../activities/tools';
import type { SeriesChunk } from '../../src/domain/evidence-store';
import type { AnyFaultDriver } from '../../src/domain/fault-driver';
import type { Injection } from '../../src/domain/injection';
import type { Observation } from '../../src/domain/observation';
import { fakeFaultDriver } from '../fakes/fault-driver';
import { anInjectionRecord, aBaseline } from '../fakes/evidence';
import { anInjection } from '../fakes/injection';
import { aPlan } from '../fakes/plan';
import { FakeTarget } from '../workflows/fake-target';
import { calmTools } from './calm-tools';
import { fakeOrchestrator } from './fake-orchestrator';
import { fakeSignals, well, type Course } from './fake-signals';

const stepMs = 50;
/** Every observation of these tests is over long before. */
const enoughMs = 200_000;

/** How a watch differs from one in which all is well. */
export interface WatchOptions {
  course?: Course;
  driver?: Partial<AnyFaultDriver>;
  orchestrator?: Partial<Orchestrator>;
  /** What an earlier attempt remembered. */
  heartbeatDetails?: unknown;
}

/** The real observer in virtual time, over fake signals and a target that keeps the truth about its fault. */
export class Watchtower {
  readonly startMs = Date.now();
  readonly target = new FakeTarget(Date.now);
  readonly chunks: SeriesChunk[] = [];
  /** Rollbacks of which the injection was told. */
  readonly told: string[] = [];
  lastHeartbeat: unknown;
  readonly injection: Injection;
  private injectedAt: string | undefined;

  constructor(private readonly options: WatchOptions = {}) {
    const lasts = (ms: number): string => new Date(this.startMs + ms).toISOString();
    this.injection = anInjection({ fault: 'sdk/error', hardStopAt: lasts(120_000), notAfter: lasts(240_000) });
  }

  /** Seconds since the watching began. */
  get seconds(): number {
    return (Date.now() - this.startMs) / 1000;
  }

  /** Watches a hold of sixty seconds until it ends; the fault comes into effect as soon as somebody watches. */
  hold(over: Partial<ObserveInput> = {}): Promise<Observation> {
    const injections = [this.injection];
    return this.observe({ id: 'hold-1', purpose: 'hold', stepId: '1', injections, forMs: 60_000, ...over });
  }

  /** Watches for any purpose until it ends, letting the virtual time run. */
  async observe(over: Partial<ObserveInput>): Promise<Observation> {
    const { heartbeatDetails } = this.options;
    const attempt = heartbeatDetails === undefined ? 1 : 2;
    const activity = new MockActivityEnvironment({ attempt, heartbeatDetails });
    activity.on('heartbeat', (details: unknown) => (this.lastHeartbeat = structuredClone(details)));
    const asked: ObserveInput = {
      ...{ experimentId: 'e1', id: 'baseline-1', purpose: 'baseline', environment: 'demo', isRehearsal: false },
      ...{ plan: aPlan(), baseline: aBaseline, injections: [], forMs: 20_000 },
      ...over,
    };
    const { observe } = watchActivities(this.tools());
    // Time is moved from inside, since fake timers call back in the context of whoever moves it.
    return activity.run((input: ObserveInput) => untilSettled(observe(input)), asked);
  }

  /** Puts the fault into effect. */
  inject(): void {
    this.injectedAt ??= new Date().toISOString();
    this.target.arm(this.injection);
    this.target.inject(this.injection);
  }

  /** What the fault's injection says of itself, or another one that has not injected yet. */
  async stateOf(other?: string): ReturnType<Orchestrator['injectionState']> {
    const injectionId = other ?? this.injection.injectionId;
    const { injectedAt: _never, ...record } = anInjectionRecord({ injectionId });
    const injectedAt = other === undefined && this.injectedAt ? { injectedAt: this.injectedAt } : {};
    return { injectionId, isStopping: false, record: { ...record, ...injectedAt } };
  }

  /** What the observer is handed. */
  tools(): Tools {
    return calmTools({
      catalogue: { faults: [this.driver()], signals: fakeSignals(this.options.course ?? well, this.startMs) },
      orchestrator: fakeOrchestrator({ ...this.temporal(), ...this.options.orchestrator }),
      series: { write: (chunk) => void this.chunks.push(chunk), deliver: async () => undefined },
    });
  }

  private driver(): AnyFaultDriver {
    return fakeFaultDriver({
      kind: 'sdk/error',
      status: async (injection) => this.target.status(injection),
      renew: async (injection) => this.target.renew(injection),
      rollback: async (injection) => this.target.rollBack(injection),
      ...this.options.driver,
    });
  }

  private temporal(): Partial<Orchestrator> {
    const { injectionId, experimentId } = this.injection;
    return {
      findHolder: async () => ({ injectionId, experimentId }),
      tellWatching: async () => this.inject(),
      tellRollBack: async (_lockKey, _id, cause) => void this.told.push(cause),
      injectionState: () => this.stateOf(),
    };
  }
}

async function untilSettled<Value>(work: Promise<Value>): Promise<Value> {
  const pending = new Set([work]);
  const done = (): void => pending.clear();
  work.then(done, done);
  const untilMs = Date.now() + enoughMs;
  while (pending.size > 0 && Date.now() < untilMs) await jest.advanceTimersByTimeAsync(stepMs);
  if (pending.size > 0) throw new Error(`the observer was still watching after ${enoughMs / 1000} s`);
  return work;
}

/** Virtual time for every test of a file; what Node needs to breathe stays real. */
export function virtualTimeInThisFile(): void {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 4, 12, 9), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
}
