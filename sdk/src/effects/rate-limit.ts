import { monotonicNowMs } from '../monotonic-clock';
import type { EffectKind } from './effect-kind';

const windowMs = 1_000;

/** Lets `perSecond` sampled calls through in each second that begins with a call, and answers 429 to the others. */
export const rateLimit: EffectKind = {
  kind: 'rate-limit',
  keys: ['perSecond'],

  read(fields) {
    const perSecond = fields.number('perSecond', { min: 0, max: 1_000_000, isWhole: true });
    const admits = fixedWindow(perSecond);
    return {
      effect: { kind: 'rate-limit', perSecond },
      apply: (call) => {
        if (admits(monotonicNowMs())) return undefined;
        call.hit();
        return Promise.resolve({ effect: 'rate-limit', status: 429, retryAfterSeconds: windowMs / 1_000 });
      },
    };
  },
};

function fixedWindow(callsMax: number): (nowMs: number) => boolean {
  let startedAtMs = -Infinity;
  let calls = 0;
  return (nowMs) => {
    if (nowMs - startedAtMs >= windowMs) {
      startedAtMs = nowMs;
      calls = 0;
    }
    calls += 1;
    return calls <= callsMax;
  };
}
