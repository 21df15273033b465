import type { Attempt, Fakes } from '../harness/isolate/attempt';
import { WorkerVanished } from '../harness/isolate/attempt';
import type { Dice } from './dice';

/** How likely an attempt goes wrong, per activity; a rollback goes wrong often, but not for ever. */
export interface Troubles {
  control: number;
  inject: number;
  rollBack: number;
  observe: number;
  /** An attempt to inject that is older does nothing any more; by default any age will do. */
  injectEndsMs?: number;
}

/** Makes every activity go wrong by chance: before or after it took effect, by error, by silence, late, or twice. */
export function withTroubles(calm: Fakes, dice: Dice, troubles: Troubles): Fakes {
  const { control, inject, rollBack, observe, injectEndsMs = Infinity } = troubles;
  return {
    checkPreflight: shaken(calm.checkPreflight, dice, control),
    admitToEnvironment: shaken(calm.admitToEnvironment, dice, control),
    findHolder: shaken(calm.findHolder, dice, control),
    openSeal: shaken(calm.openSeal, dice, control),
    remindApprovers: shaken(calm.remindApprovers, dice, control),
    storeEvidence: shaken(calm.storeEvidence, dice, control),
    surveyTargets: shaken(calm.surveyTargets, dice, control),
    admitInjection: shaken(calm.admitInjection, dice, control),
    prepareFault: shaken(calm.prepareFault, dice, inject),
    armFault: shaken(calm.armFault, dice, inject),
    injectFault: shaken(calm.injectFault, dice, inject, injectEndsMs),
    rollBackFault: shaken(calm.rollBackFault, dice, rollBack),
    observe: shaken(calm.observe, dice, observe),
  };
}

function shaken<Input, Value>(
  call: (input: Input, attempt: Attempt) => Promise<Value>,
  dice: Dice,
  probability: number,
  endsMs = Infinity,
): (input: Input, attempt: Attempt) => Promise<Value> {
  return async (input, attempt) => {
    const beganAtMs = attempt.nowMs;
    await attempt.sleep(dice.between(1, 300));
    if (attempt.number > 12 || !dice.falls(probability)) return call(input, attempt);
    const trouble = dice.of(['error', 'after', 'silence', 'vanish', 'late', 'twice'] as const);
    if (trouble === 'error') throw new Error('the connection was refused');
    if (trouble === 'silence') return attempt.hang();
    if (trouble === 'vanish') throw new WorkerVanished();
    if (trouble === 'late') await attempt.sleep(dice.between(1, 40) * 1_000);
    if (attempt.nowMs - beganAtMs >= endsMs) throw new Error('the time of this attempt is over');
    const value = await call(input, attempt);
    if (trouble === 'twice') return call(input, attempt);
    if (trouble === 'after') throw new Error('the connection was reset after it had worked');
    return value;
  };
}
