import { breachCount } from '../../src/domain/expectation';
import { sightMaxMs } from '../../src/domain/sight';
import type { KnownReading, Reading } from '../../src/domain/signal';
import { describeBound, formatValue, seenBy, watch } from '../../src/domain/watch';
import type { Breach, WatchRule } from '../../src/domain/watch';
import type { BlockerWatch } from './blocker-watch';
import type { Ended, Look, Purpose } from './look';
import { waitForEffect } from './wait-for-effect';

/** Until the fault is in effect the injections are asked this often. */
const effectPollMs = 20;

/** Watches a fault from before its injection to the end of its hold, or to the first reason to stop. */
export function seeHold(blockers: BlockerWatch): Purpose {
  return {
    begin: ({ rounds, memory }, nowMs) => rounds.restart(memory.heldFromMs ?? memory.startedAtMs, nowMs, true),

    async look(look, nowMs) {
      const readings = await look.rounds.read(nowMs);
      if (look.memory.heldFromMs === undefined) {
        const ended = await waitForEffect(look, nowMs);
        return ended ?? (isPartlyInEffect(look) ? reasonToStop(look, blockers, readings, nowMs) : undefined);
      }
      const stop = await reasonToStop(look, blockers, readings, nowMs);
      if (stop) return stop;
      return nowMs >= endAtMs(look) ? concludeHold(look, nowMs) : undefined;
    },

    nextAtMs: (look, nowMs) =>
      look.memory.heldFromMs === undefined ? nowMs + effectPollMs : Math.min(look.rounds.nextDueAtMs(), endAtMs(look)),
  };
}

/** Whether a fault of a group is in effect while another one is still on its way: it is watched, the hold has not begun. */
function isPartlyInEffect({ memory }: Look): boolean {
  return memory.heldFromMs === undefined && memory.effectFromMs !== undefined;
}

async function reasonToStop(
  look: Look,
  blockers: BlockerWatch,
  readings: Reading[],
  nowMs: number,
): Promise<Ended | undefined> {
  const breach = breachedBy(look, readings);
  if (breach) return { end: 'breached', reasons: [breach.reason], breaches: [breach] };
  return blockers.blocked() ?? lostSight(look, nowMs) ?? (await troubled(look, nowMs));
}

function endAtMs({ memory, input }: Look): number {
  return (memory.heldFromMs ?? Infinity) + input.forMs;
}

function rulesOf({ input }: Look): WatchRule[] {
  const expectations = input.plan.during.map((one, index) => ({
    ...one,
    ...breachCount,
    id: `during-${index}`,
    kind: 'expectation' as const,
  }));
  const guards = input.plan.guards.map((one, index) => ({ ...one, id: `guard-${index}`, kind: 'guard' as const }));
  return [...guards, ...expectations];
}

/** Guards look from the first moment; expectations only at windows of full length that lie wholly in the hold. */
function breachedBy(look: Look, readings: Reading[]): Breach | undefined {
  const { memory, input } = look;
  for (const rule of rulesOf(look))
    for (const reading of readings.filter(
      (one) => one.signal === rule.signal && (rule.kind === 'guard' || isFull(look, one)),
    )) {
      const { state, breach } = watch(memory.watch, rule, reading, input.baseline);
      memory.watch = state;
      if (breach) return breach;
    }
  return undefined;
}

function isFull({ input, memory }: Look, reading: Reading): boolean {
  if (memory.heldFromMs === undefined) return false;
  const signal = input.plan.signals.find((one) => one.name === reading.signal);
  return reading.windowMs === signal?.windowMs;
}

/** Signals that somebody judges must be known; one unknown for too long means that nobody sees the harm. */
function lostSight({ memory, input }: Look, nowMs: number): Ended | undefined {
  const judged = new Set([...input.plan.during, ...input.plan.guards].map((one) => one.signal));
  const reasons = [...judged].flatMap((signal) => {
    const tally = memory.tallies[signal];
    const blindMs = nowMs - Math.max(tally?.sightAtMs ?? 0, memory.heldFromMs ?? memory.effectFromMs ?? 0);
    if (blindMs <= sightMaxMs) return [];
    const why = tally?.last && tally.last.state !== 'ok' ? ` (${tally.last.reason})` : '';
    return [`lost sight of ${signal} for ${Math.round(blindMs / 1000)} s${why}`];
  });
  return reasons.length > 0 ? { end: 'lost-sight', reasons } : undefined;
}

/** A fault that is gone because its injection was told to stop is no trouble. */
async function troubled({ keeper, tools, input }: Look, nowMs: number): Promise<Ended | undefined> {
  const trouble = keeper.trouble(nowMs);
  if (!trouble) return undefined;
  if (trouble.end === 'fault-ended' && (await isAnyStopping(tools, input)))
    return { end: 'stopped', reasons: ['the injection was told to stop'] };
  return { end: trouble.end, reasons: [trouble.reason] };
}

async function isAnyStopping(tools: Look['tools'], input: Look['input']): Promise<boolean> {
  const states = await Promise.allSettled(
    input.injections.map((one) => tools.orchestrator.injectionState(one.lockKey)),
  );
  return states.some((one) => one.status === 'fulfilled' && one.value.isStopping);
}

/** The end of the hold: a last look at the fault, and every expectation over the hold as a whole. */
async function concludeHold(look: Look, nowMs: number): Promise<Ended> {
  const [readings] = await Promise.all([look.rounds.readWhole(nowMs), look.keeper.lookOnce()]);
  const trouble = await troubled(look, nowMs);
  if (trouble) return trouble;
  const breaches = readings.flatMap((reading) => (reading.state === 'ok' ? wholeHoldBreaches(look, reading) : []));
  const reasons = breaches.map((breach) => breach.reason);
  return { end: breaches.length > 0 ? 'breached' : 'held', reasons, breaches };
}

function wholeHoldBreaches({ input, eyes }: Look, reading: KnownReading): Breach[] {
  const signal = input.plan.signals.find((one) => one.name === reading.signal);
  if (!signal || !eyes.isWindowed(signal)) return [];
  return input.plan.during.flatMap((rule) => {
    const seen = seenBy(rule, reading, input.baseline);
    if (rule.signal !== reading.signal || !seen.isOutside) return [];
    const reason = `expectation breached over the whole hold: ${rule.signal} was ${formatValue(reading.value)}, ${describeBound(rule, input.baseline)}`;
    return [{ kind: 'whole-hold' as const, signal: rule.signal, at: reading.at, reason, readings: [seen] }];
  });
}
