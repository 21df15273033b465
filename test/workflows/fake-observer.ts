import type { Injection } from '../../src/domain/injection';
import type { Observation } from '../../src/domain/observation';
import { sightMaxMs } from '../../src/domain/sight';
import type { ObserveInput } from '../../activities/contract';
import type { Orchestrator } from '../../activities/tools';
import { aBaseline, aBaselineObservation, aHold, aRecovery } from '../fakes/evidence';
import type { Attempt } from '../harness/isolate/attempt';
import type { FakeTarget } from './fake-target';

/** How an observation is to end, and when: after so much of its time. */
interface Ending extends Pick<Observation, 'end' | 'reasons'> {
  afterMs: number;
  breaches?: Observation['breaches'];
}

/** What decides how each observation ends; undefined means well. */
export type Script = (input: ObserveInput) => Ending | undefined;

/** Watches as the real observer does, looks once a second, and ends as the script says. */
export class FakeObserver {
  readonly asked: ObserveInput[] = [];
  /** Whether it ever says that it is watching. */
  isBlind = false;
  lookEveryMs = 1_000;
  private readonly lookedAtMs = new Map<string, number>();

  constructor(
    private readonly orchestrator: Orchestrator,
    private readonly target: FakeTarget,
    public script: Script = () => undefined,
  ) {}

  async observe(input: ObserveInput, attempt: Attempt): Promise<Observation> {
    this.asked.push(input);
    if (input.purpose === 'hold') return this.hold(input, attempt);
    const startedAt = attempt.now;
    const well: Ending = { end: 'held', reasons: [], afterMs: input.purpose === 'baseline' ? input.forMs : 5_000 };
    const ending = this.script(input) ?? well;
    const how = await attempt.sleepOrCancelled(ending.afterMs);
    const told = how ? stopped(how) : { end: ending.end, reasons: ending.reasons };
    const seen = { id: input.id, startedAt, endedAt: attempt.now, ...told };
    if (input.purpose === 'baseline') return aBaselineObservation(seen);
    return aRecovery({ ...seen, baseline: aBaseline });
  }

  private async hold(input: ObserveInput, attempt: Attempt): Promise<Observation> {
    const startedAt = attempt.now;
    const { ended, heldFromMs } = await this.watch(input, attempt);
    const faults = input.injections.map((injection) => this.lastLook(injection));
    if (ended.end === 'held') await this.tellOver(input);
    const rollbacks = ended.end === 'held' ? [] : await this.rollBack(input, attempt, ended.reasons.join('; '));
    const held = heldFromMs === undefined ? {} : { heldFrom: new Date(heldFromMs).toISOString() };
    const { stepId = '' } = input;
    const kept = { id: input.id, stepId, startedAt, endedAt: attempt.now, faults, rollbacks, ...held };
    return aHold({ ...kept, end: ended.end, reasons: ended.reasons, breaches: ended.breaches ?? [] });
  }

  /** On time, as the real one does, rather than when its experiment hears of it. */
  private async tellOver(input: ObserveInput): Promise<void> {
    const telling = input.injections.map((one) =>
      this.orchestrator.tellRollBack(one.lockKey, one.injectionId, 'the hold is over'),
    );
    await Promise.allSettled(telling);
  }

  private async watch(input: ObserveInput, attempt: Attempt): Promise<{ ended: Told; heldFromMs?: number }> {
    const key = `${attempt.workflowId}/${input.id}`;
    const lost = this.lostSince(key, attempt);
    if (lost) return { ended: lost };
    if (!this.isBlind) for (const one of input.injections) await this.tellWatching(one.lockKey, one.injectionId);
    let heldFromMs: number | undefined;
    for (;;) {
      this.lookedAtMs.set(key, attempt.nowMs);
      for (const one of input.injections) this.target.renew(one);
      heldFromMs ??= await this.effectSince(input);
      const ended = heldFromMs === undefined ? await this.stopping(input) : await this.look(input, attempt, heldFromMs);
      if (ended) return { ended, ...(heldFromMs === undefined ? {} : { heldFromMs }) };
      const how = await attempt.sleepOrCancelled(this.lookEveryMs);
      if (how) return { ended: stopped(how), ...(heldFromMs === undefined ? {} : { heldFromMs }) };
    }
  }

  private lostSince(key: string, attempt: Attempt): Told | undefined {
    const gapMs = attempt.nowMs - (this.lookedAtMs.get(key) ?? attempt.nowMs);
    if (gapMs <= sightMaxMs) return undefined;
    return { end: 'lost-sight', reasons: [`lost sight for ${Math.round(gapMs / 1000)} s`] };
  }

  private tellWatching(lockKey: string, injectionId: string): Promise<void> {
    return this.orchestrator.tellWatching(lockKey, injectionId).catch(() => undefined);
  }

  private async effectSince(input: ObserveInput): Promise<number | undefined> {
    const since = (await this.statesOf(input)).flatMap((one) => one.record.injectedAt ?? []);
    return since.length < input.injections.length ? undefined : Math.max(...since.map((at) => Date.parse(at)));
  }

  private async toldToStop(input: ObserveInput): Promise<Told | undefined> {
    const holders = await Promise.all(input.injections.map((one) => this.orchestrator.findHolder(one.lockKey)));
    const isGone = holders.some((holder, index) => holder?.injectionId !== input.injections[index]?.injectionId);
    return isGone ? { end: 'fault-ended', reasons: ['an injection has no open workflow any more'] } : undefined;
  }

  private async stopping(input: ObserveInput): Promise<Told | undefined> {
    const states = await this.statesOf(input);
    const isStopping = states.some((one) => one.isStopping);
    return isStopping ? { end: 'stopped', reasons: ['the injection was told to stop'] } : this.toldToStop(input);
  }

  private async statesOf(input: ObserveInput) {
    const asked = input.injections.map((one) => this.orchestrator.injectionState(one.lockKey));
    return (await Promise.allSettled(asked)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  private async look(input: ObserveInput, attempt: Attempt, heldFromMs: number): Promise<Told | undefined> {
    const heldMs = attempt.nowMs - heldFromMs;
    const scripted = this.script(input);
    if (scripted && heldMs >= scripted.afterMs) return scripted;
    const gone = await this.toldToStop(input);
    if (gone) return gone;
    const absent = input.injections.find((one) => this.target.status(one).state !== 'active');
    if (absent) return { end: 'fault-ended', reasons: [`${absent.injectionId} is not in effect any more`] };
    return heldMs >= input.forMs ? { end: 'held', reasons: [] } : undefined;
  }

  private lastLook(injection: Injection): Observation['faults'][number] {
    const { state, evidence, hits = 0, seen = 0 } = this.target.status(injection);
    const isActive = state === 'active';
    const { injectionId } = injection;
    return { injectionId, isActiveAfterInject: isActive, isActiveBeforeRollback: isActive, hits, seen, evidence };
  }

  private async rollBack(input: ObserveInput, attempt: Attempt, cause: string): Promise<Observation['rollbacks']> {
    return Promise.all(
      input.injections.map(async (injection) => {
        const result = this.target.rollBack(injection);
        const { lockKey, injectionId } = injection;
        await this.orchestrator.tellRollBack(lockKey, injectionId, cause).catch(() => undefined);
        return { injectionId, at: attempt.now, result };
      }),
    );
  }
}

type Told = Pick<Observation, 'end' | 'reasons'> & { breaches?: Observation['breaches'] };

function stopped(how: 'requested' | 'gone'): Told {
  const who = how === 'gone' ? 'the experiment was ended from outside' : 'the experiment was stopped';
  return { end: 'stopped', reasons: [who] };
}
