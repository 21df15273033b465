import type { EffectKind } from './effect-kind';

/** Tells the caller to go silent: no answer, no message handled. */
export const drop: EffectKind = {
  kind: 'drop',
  keys: [],

  read: () => ({
    effect: { kind: 'drop' },
    apply: (call) => {
      call.hit();
      return Promise.resolve({ effect: 'drop' });
    },
  }),
};
