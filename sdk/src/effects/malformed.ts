import type { Malformation } from '../effect';
import type { EffectKind } from './effect-kind';

const malformations: readonly Malformation[] = ['truncated', 'broken-json', 'wrong-type'];

/** Tells the caller to spoil the answer: cut it short, break its JSON, or change its type. */
export const malformed: EffectKind = {
  kind: 'malformed',
  keys: ['how'],

  read(fields) {
    const how = fields.word('how', malformations);
    return {
      effect: { kind: 'malformed', how },
      apply: (call) => {
        call.hit();
        return Promise.resolve({ effect: 'malformed', how });
      },
    };
  },
};
