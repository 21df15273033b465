import type { Injection } from '../../src/domain/injection';
import type { Observation } from '../../src/domain/observation';
import { renewEveryMs, sightMaxMs } from '../../src/domain/sight';
import type { ObserveInput } from '../contract';
import { readyDriver } from '../driver-call';
import type { ReadyDriver } from '../driver-call';
import type { Tools } from '../tools';
import { within } from '../within';
import { gapBetween } from './memory';
import type { Memory } from './memory';

/** Why a hold cannot go on. */
export interface Trouble {
  end: 'lost-sight' | 'fault-ended';
  reason: string;
}

/** One call at a target or at Temporal may take this long while a fault is in effect. */
const callTimeoutMs = 2_500;
/** A rollback by the observer may take this long before it is left to the injection. */
const rollbackTimeoutMs = 10_000;
/** Temporal is asked in every round; answers further apart than this mean that it was away in between. */
const temporalAwayMinMs = renewEveryMs + 500;

/**
 * Keeps the faults of a hold alive only as long as somebody may see and stop them: renews their leases while the signals
 * are in sight and their injections are open, and asks the faults' own systems whether they are still in effect.
 */
export class FaultKeeper {
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private readonly ownerSeenAtMs = new Map<string, number>();
  private readonly statusSeenAtMs = new Map<string, number>();
  private temporalSeenAtMs = Date.now();
  private found: Trouble | undefined;

  constructor(
    private readonly tools: Tools,
    private readonly input: ObserveInput,
    private readonly memory: Memory,
    private readonly isInSight: () => boolean,
  ) {
    for (const { injectionId } of input.injections) {
      this.ownerSeenAtMs.set(injectionId, Date.now());
      this.statusSeenAtMs.set(injectionId, Date.now());
    }
  }

  /** Begins to keep; the first round is due at once. */
  start(): void {
    if (this.input.injections.length > 0) this.schedule(0);
  }

  /** What speaks against going on, if anything. */
  trouble(nowMs: number): Trouble | undefined {
    const { heldFromMs } = this.memory;
    return (
      this.found ??
      this.away(this.ownerSeenAtMs, 'Temporal', nowMs) ??
      (heldFromMs === undefined ? undefined : this.away(this.statusSeenAtMs, 'the fault', nowMs, heldFromMs))
    );
  }

  /** Looks at every fault once more, for what it says just before its rollback. */
  async lookOnce(): Promise<void> {
    await Promise.all(this.input.injections.map((injection) => this.look(injection)));
  }

  /** Rolls every fault back from here and tells its injection; what fails is left to the injection. */
  async rollBack(cause: string): Promise<Observation['rollbacks']> {
    return Promise.all(
      this.input.injections.map(async (injection) => {
        const telling = this.tell(injection, cause);
        const rollback = await this.rollBackOne(injection);
        await telling;
        return rollback;
      }),
    );
  }

  /** Ends the keeping; a round under way changes nothing any more. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private schedule(delayMs: number): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.round(), delayMs);
  }

  private async round(): Promise<void> {
    await Promise.all(this.input.injections.map((injection) => this.keep(injection)));
    this.schedule(renewEveryMs);
  }

  private async keep(injection: Injection): Promise<void> {
    const isOwned = await this.checkOwner(injection);
    if (isOwned && this.isInSight() && !this.isClosed) await this.renew(injection);
    if (this.memory.heldFromMs !== undefined) await this.look(injection);
  }

  /** Whether the injection's workflow is open and still this one; unknown counts as no. */
  private async checkOwner({ injectionId, lockKey }: Injection): Promise<boolean> {
    try {
      const holder = await within(callTimeoutMs, () => this.tools.orchestrator.findHolder(lockKey));
      this.ownerSeenAtMs.set(injectionId, Date.now());
      this.noteTemporal(Date.now());
      if (holder?.injectionId === injectionId) return true;
      this.found ??= { end: 'fault-ended', reason: `the injection ${injectionId} has no open workflow any more` };
    } catch {
      // Away for a moment is no answer; away for too long is trouble.
    }
    return false;
  }

  private noteTemporal(nowMs: number): void {
    if (nowMs - this.temporalSeenAtMs >= temporalAwayMinMs)
      this.memory.temporalAway.push(gapBetween(this.temporalSeenAtMs, nowMs));
    this.temporalSeenAtMs = nowMs;
  }

  private async renew(injection: Injection): Promise<void> {
    try {
      const { driver, tools } = await this.ready(injection);
      const until = new Date(Math.min(Date.now() + injection.leaseMs, Date.parse(injection.notAfter)));
      await within(callTimeoutMs, async (signal) => driver.renew?.(injection, until, endingWith(tools, signal)));
    } catch {
      // A renewal that failed shows in the fault's own status.
    }
  }

  private async look(injection: Injection): Promise<void> {
    const { injectionId } = injection;
    try {
      const { driver, tools } = await this.ready(injection);
      const status = await within(callTimeoutMs, (signal) => driver.status(injection, endingWith(tools, signal)));
      if (status.state === 'unknown') return;
      this.statusSeenAtMs.set(injectionId, Date.now());
      const isActive = status.state === 'active';
      const before = this.memory.faults[injectionId];
      this.memory.faults[injectionId] = {
        injectionId,
        isActiveAfterInject: (before?.isActiveAfterInject ?? false) || isActive,
        isActiveBeforeRollback: isActive,
        evidence: status.evidence,
        ...(status.hits === undefined ? {} : { hits: status.hits }),
        ...(status.seen === undefined ? {} : { seen: status.seen }),
      };
      if (!isActive)
        this.found ??= { end: 'fault-ended', reason: `${injectionId} is ${status.state}: ${status.evidence}` };
    } catch {
      // Unreachable for a moment is no answer; for too long it is trouble.
    }
  }

  /** Never rejects: an injection that was terminated hears nothing, and that must not take the whole worker down. */
  private async tell({ lockKey, injectionId }: Injection, cause: string): Promise<void> {
    await within(callTimeoutMs, () => this.tools.orchestrator.tellRollBack(lockKey, injectionId, cause)).catch(
      () => undefined,
    );
  }

  private async rollBackOne(injection: Injection): Promise<Observation['rollbacks'][number]> {
    const { injectionId } = injection;
    try {
      const { driver, tools } = await this.ready(injection);
      const result = await within(rollbackTimeoutMs, (signal) => driver.rollback(injection, { ...tools, signal }));
      return { injectionId, at: new Date().toISOString(), result };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { injectionId, at: new Date().toISOString(), error: reason };
    }
  }

  private ready(injection: Injection): Promise<ReadyDriver> {
    return readyDriver(this.tools, this.input, injection.fault, 'last-valid');
  }

  private away(seenAtMs: Map<string, number>, what: string, nowMs: number, sinceMs = 0): Trouble | undefined {
    const longestMs = Math.max(0, ...[...seenAtMs.values()].map((at) => nowMs - Math.max(at, sinceMs)));
    if (longestMs <= sightMaxMs) return undefined;
    return { end: 'lost-sight', reason: `lost sight of ${what} for ${Math.round(longestMs / 1000)} s` };
  }
}

/** Tools whose calls also end with their time, not only with the observation. */
function endingWith(tools: ReadyDriver['tools'], signal: AbortSignal): ReadyDriver['tools'] {
  return { ...tools, signal: AbortSignal.any([tools.signal, signal]) };
}
