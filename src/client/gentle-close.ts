import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type ConnectionOptions } from '@temporalio/client';

/** What a connection is made with so that it can be closed whatever is under way. */
export interface GentleClose {
  interceptors: NonNullable<ConnectionOptions['interceptors']>;
  /** Calls `close` once no call waits for its next attempt any more; nothing is tried again from now on. */
  close(close: () => Promise<void>): Promise<void>;
}

/** Timers fire in the order of their instants, so that this much later is after the attempt itself. */
const marginMs = 50;

/**
 * The client tries a failed call again from a timer, and on a channel that was closed meanwhile that throws where nobody
 * can catch it. So the channel stays open until the last timer that was set has fired; nobody is kept waiting for that.
 */
export function gentleClose(retry = defaultGrpcRetryOptions()): GentleClose {
  let isClosing = false;
  let lastAttemptAtMs: number | undefined;
  const interceptor = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !isClosing && retry.retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const delayMs = Math.ceil(retry.delayFunction(attempt, status));
      lastAttemptAtMs = Math.max(lastAttemptAtMs ?? 0, performance.now() + delayMs);
      return delayMs;
    },
  });
  return {
    interceptors: [interceptor],
    async close(close) {
      isClosing = true;
      if (lastAttemptAtMs === undefined) return close();
      const waitMs = Math.max(0, lastAttemptAtMs - performance.now()) + marginMs;
      setTimeout(() => void close().catch(() => undefined), waitMs).unref();
    },
  };
}
