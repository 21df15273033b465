import { recoveryCount } from '../../src/domain/expectation';
import type { Expectation } from '../../src/domain/expectation';
import { describeBound, formatValue, seenBy } from '../../src/domain/watch';
import type { Ended, Look, Purpose } from './look';

/** Does the system return to steady state by itself in time? Windows lie wholly after the removal. */
export const seeRecovery: Purpose = {
  begin: (look, nowMs) => look.rounds.restart(removedAtMs(look), nowMs, false),

  async look(look, nowMs) {
    const expected = look.input.plan.recovery.expect;
    const readings = await look.rounds.read(nowMs);
    if (expected.length === 0) return { end: 'held', reasons: [], recoveredAt: new Date(nowMs).toISOString() };
    if (readings.some((one) => expected.some(({ signal }) => signal === one.signal))) countRound(look, expected, nowMs);
    const { inside } = look.memory;
    if (inside.count >= recoveryCount && inside.firstAt !== undefined)
      return { end: 'held', reasons: [], recoveredAt: inside.firstAt };
    return nowMs >= deadlineMs(look) ? tooSlow(look, expected) : undefined;
  },

  nextAtMs: (look) => Math.min(look.rounds.nextDueAtMs(), deadlineMs(look)),
};

function removedAtMs({ input, memory }: Look): number {
  return input.removedAt === undefined ? memory.startedAtMs : Date.parse(input.removedAt);
}

function deadlineMs(look: Look): number {
  return removedAtMs(look) + look.input.forMs;
}

/** A round is over once every expected signal has been read anew: no reading counts in two rounds. */
function countRound({ memory, input }: Look, expected: Expectation[], nowMs: number): void {
  const after = memory.inside.roundAt ?? '';
  const isOver = expected.every(({ signal }) => (memory.tallies[signal]?.last?.at ?? '') > after);
  const isInside = expected.every((one) => isMet(one, memory, input.baseline));
  const at = new Date(nowMs).toISOString();
  if (!isInside) memory.inside = { count: 0, roundAt: at };
  else if (isOver)
    memory.inside = { count: memory.inside.count + 1, firstAt: memory.inside.firstAt ?? at, roundAt: at };
}

function isMet(expected: Expectation, memory: Look['memory'], baseline: Look['input']['baseline']): boolean {
  const last = memory.tallies[expected.signal]?.last;
  return last?.state === 'ok' && !seenBy(expected, last, baseline).isOutside;
}

function tooSlow({ memory, input }: Look, expected: Expectation[]): Ended {
  const missed = expected.filter((one) => !isMet(one, memory, input.baseline));
  const isUnknown = missed.some(({ signal }) => memory.tallies[signal]?.last?.state !== 'ok');
  const reasons = missed.map((one) => {
    const last = memory.tallies[one.signal]?.last;
    const found = last?.state === 'ok' ? formatValue(last.value) : `unknown (${last?.reason ?? 'never read'})`;
    return `not recovered within ${input.forMs / 1000} s: ${one.signal} is ${found}, ${describeBound(one, input.baseline)}`;
  });
  if (missed.length === 0)
    reasons.push(
      `not recovered within ${input.forMs / 1000} s: fewer than ${recoveryCount} consecutive readings inside`,
    );
  return { end: isUnknown ? 'lost-sight' : 'not-held', reasons };
}
