import { type KeyOf, faultAt } from './fault-at';
import type { FaultOutcome } from './fault-outcome';
import { malformFetched } from './malform-fetched';

/** The shape of the platform's `fetch`. */
export type Fetch = typeof globalThis.fetch;

/** Makes a `fetch` with the point in front of it; without `fetchImpl`, of the global one at the time of each call. */
export function faultyFetch(point: string, fetchImpl?: Fetch, keyOf?: KeyOf<Parameters<Fetch>>): Fetch {
  return async (...call) => {
    const send = (): Promise<Response> => (fetchImpl ?? globalThis.fetch)(...call);
    const signal = signalOf(call);
    const fault = signal?.aborted === true ? undefined : faultAt(point, keyOf, call);
    if (fault === undefined) return send();
    const outcome = await unlessAborted(fault, signal);
    // An aborted call goes on at once: the real fetch rejects it in its own words.
    return outcome === undefined ? send() : answerWith(outcome, send);
  };
}

async function answerWith(outcome: FaultOutcome, send: () => Promise<Response>): Promise<Response> {
  switch (outcome.effect) {
    case 'error':
      return Response.json({ error: outcome.message }, { status: outcome.status });
    case 'rate-limit':
      return tooMany(outcome.retryAfterSeconds);
    case 'drop':
      // The words and the type of the platform's own error for a connection that was lost.
      throw new TypeError('fetch failed', { cause: new Error('connection dropped by an injected fault') });
    case 'malformed':
      return malformFetched(await send(), outcome.how);
    case 'custom':
      return outcome.value instanceof Response ? outcome.value : send();
    case 'latency':
      return send();
  }
}

function tooMany(retryAfterSeconds: number): Response {
  const headers = { 'retry-after': `${retryAfterSeconds}` };
  return Response.json({ error: 'too many requests' }, { status: 429, headers });
}

function signalOf([input, options]: Parameters<Fetch>): AbortSignal | undefined {
  return options?.signal ?? (typeof input === 'object' && 'signal' in input ? input.signal : undefined);
}

async function unlessAborted(
  fault: Promise<FaultOutcome>,
  signal: AbortSignal | undefined,
): Promise<FaultOutcome | undefined> {
  if (signal === undefined) return fault;
  let forget = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    const stop = (): void => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    forget = () => signal.removeEventListener('abort', stop);
  });
  return Promise.race([fault, aborted]).finally(() => forget());
}
