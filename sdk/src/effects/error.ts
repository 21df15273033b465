import { FaultError } from '../fault-error';
import type { FaultOutcome } from '../fault-outcome';
import type { EffectKind } from './effect-kind';

/** Answers an HTTP error status, or raises a FaultError when the rule asks for an exception. */
export const error: EffectKind = {
  kind: 'error',
  keys: ['status', 'exception', 'message'],

  read(fields) {
    const status = fields.number('status', { min: 400, max: 599, isWhole: true });
    const exception = fields.has('exception') ? { exception: fields.flag('exception') } : {};
    const message = fields.has('message') ? { message: fields.text('message', 500) } : {};
    const words = message.message ?? `injected error ${status}`;
    return {
      effect: { kind: 'error', status, ...exception, ...message },
      apply: (call) => {
        call.hit();
        if (exception.exception === true) return raised(new FaultError(status, words));
        return Promise.resolve({ effect: 'error', status, message: words, exception: false });
      },
    };
  },
};

/** A rejection that only those see who await it: a caller who ignores the promise is not brought down by it. */
function raised(fault: FaultError): Promise<FaultOutcome> {
  const rejection = Promise.reject<FaultOutcome>(fault);
  rejection.catch(() => undefined);
  return rejection;
}
