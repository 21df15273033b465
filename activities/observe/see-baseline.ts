import { breachCount } from '../../src/domain/expectation';
import type { Reading } from '../../src/domain/signal';
import { describeBound, formatValue, seenBy, watch } from '../../src/domain/watch';
import type { Baseline, WatchRule } from '../../src/domain/watch';
import type { Ended, Look, Purpose } from './look';

/** Has steady state held for as long as the plan asks? Anything unknown is a no. */
export const seeBaseline: Purpose = {
  begin: ({ rounds, memory }, nowMs) => rounds.restart(memory.startedAtMs, nowMs, false),

  async look(look, nowMs) {
    const readings = await look.rounds.read(nowMs);
    const refused = unknownAmong(readings) ?? breachedBy(look, readings);
    if (refused) return refused;
    return nowMs >= endAtMs(look) ? concludeBaseline(look, nowMs) : undefined;
  },

  nextAtMs: (look) => Math.min(look.rounds.nextDueAtMs(), endAtMs(look)),
};

function endAtMs({ memory, input }: Look): number {
  return memory.startedAtMs + input.forMs;
}

function unknownAmong(readings: Reading[]): Ended | undefined {
  const reasons = readings.flatMap((one) =>
    one.state === 'ok' ? [] : [`steady state is unknown: ${one.signal} is ${one.state}: ${one.reason}`],
  );
  return reasons.length > 0 ? { end: 'not-held', reasons } : undefined;
}

function breachedBy({ input, memory }: Look, readings: Reading[]): Ended | undefined {
  for (const rule of rulesOf(input.plan.steadyState.expect))
    for (const reading of readings.filter((one) => one.signal === rule.signal)) {
      const { state, breach } = watch(memory.watch, rule, reading, {});
      memory.watch = state;
      if (breach) return { end: 'not-held', reasons: [`not in steady state: ${breach.reason}`], breaches: [breach] };
    }
  return undefined;
}

function rulesOf(expectations: Look['input']['plan']['steadyState']['expect']): WatchRule[] {
  return expectations.map((one, index) => ({ ...one, ...breachCount, id: `steady-${index}`, kind: 'expectation' }));
}

async function concludeBaseline(look: Look, nowMs: number): Promise<Ended> {
  const readings = await look.rounds.readWhole(nowMs);
  const unknown = unknownAmong(readings);
  if (unknown) return unknown;
  const baseline: Baseline = Object.fromEntries(
    readings.flatMap((one) => (one.state === 'ok' ? [[one.signal, { value: one.value, n: one.n }]] : [])),
  );
  const reasons = look.input.plan.steadyState.expect.flatMap((rule) =>
    readings.flatMap((one) =>
      one.state === 'ok' && one.signal === rule.signal && seenBy(rule, one, {}).isOutside
        ? [`not in steady state: ${rule.signal} was ${formatValue(one.value)} over it all, ${describeBound(rule, {})}`]
        : [],
    ),
  );
  return { end: reasons.length > 0 ? 'not-held' : 'held', reasons, baseline };
}
