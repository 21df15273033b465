import { delayUnlessEnded } from '../delay';
import { holdSlot } from '../slots';
import type { EffectKind } from './effect-kind';

/** Holds the call for delayMs, give or take jitterMs, and then lets it go on. */
export const latency: EffectKind = {
  kind: 'latency',
  keys: ['delayMs', 'jitterMs'],

  read(fields, { delayMaxMs }) {
    const delayMs = fields.number('delayMs', { min: 0, max: delayMaxMs, bound: 'delayMaxMs' });
    const jitterMax = Math.min(delayMs, delayMaxMs - delayMs);
    const spread = fields.has('jitterMs')
      ? { jitterMs: fields.number('jitterMs', { min: 0, max: jitterMax, bound: 'delayMs and delayMaxMs' }) }
      : {};
    return {
      effect: { kind: 'latency', delayMs, ...spread },
      apply: (call) => {
        const waitMs = jittered(delayMs, spread.jitterMs ?? 0);
        return holdSlot(call.bounds.concurrentMax, async () => {
          call.hit();
          return { effect: 'latency', delayedMs: await delayUnlessEnded(waitMs, call.rule.ending).over };
        });
      },
    };
  },
};

function jittered(delayMs: number, jitterMs: number): number {
  return delayMs + (Math.random() * 2 - 1) * jitterMs;
}
