import { type KeyOf, faultAt } from './fault-at';
import { FaultError } from './fault-error';
import type { FaultOutcome } from './fault-outcome';

/**
 * Puts a point in front of a message handler: latency waits first; error, rate-limit and malformed throw a FaultError, as a
 * handler does that cannot take the message; drop resolves with undefined without calling the handler, so the message is lost.
 */
export function faultyConsumer<Message, Rest extends unknown[], Result>(
  point: string,
  handler: (message: Message, ...rest: Rest) => Result | Promise<Result>,
  keyOf?: KeyOf<Message>,
): (message: Message, ...rest: Rest) => Promise<Result | undefined> {
  return async (message, ...rest) => {
    const fault = faultAt(point, keyOf, message);
    if (fault !== undefined && isDropped(await fault)) return undefined;
    return handler(message, ...rest);
  };
}

function isDropped(outcome: FaultOutcome): boolean {
  switch (outcome.effect) {
    case 'error':
      throw new FaultError(outcome.status, outcome.message);
    case 'rate-limit':
      throw new FaultError(outcome.status, 'too many messages');
    case 'malformed':
      throw new FaultError(400, `malformed message (${outcome.how})`);
    case 'drop':
      return true;
    case 'latency':
    case 'custom':
      return false;
  }
}
