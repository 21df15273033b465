import * as http from 'node:http';
import * as https from 'node:https';
import { connectionFailureOf, type ConnectionFailure } from './connection-failure';

/** One request, sent once: redirects are not followed, nothing is tried again. */
interface Exchange {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** From the sending of the request to the last byte of its answer. */
  timeoutMs: number;
  connections: http.Agent;
  /** How much of the answer's body is kept; undefined discards it. More is a failure. */
  keepBytesMax?: number;
  signal?: AbortSignal;
}

/** A complete answer, or why there was none. */
export type Exchanged =
  | { status: number; headers: http.IncomingHttpHeaders; text: string; failure?: undefined }
  | { failure: ConnectionFailure };

/** Sends a request and waits for its whole answer; never throws. */
export function exchange(sent: Exchange): Promise<Exchanged> {
  return new Promise((resolve) => {
    try {
      send(sent, resolve);
    } catch (error) {
      resolve({ failure: connectionFailureOf(error) });
    }
  });
}

function send(sent: Exchange, resolve: (outcome: Exchanged) => void): void {
  const { url, method, connections: agent } = sent;
  const headers = framed(sent);
  const options = { method, headers, agent, ...(sent.signal ? { signal: sent.signal } : {}) };
  const request = (url.protocol === 'https:' ? https : http).request(url, options);
  let isSettled = false;
  const settle = (outcome: Exchanged) => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    resolve(outcome);
    if (outcome.failure) request.destroy();
  };
  // One more look at the sockets: after a pause of our own, an answer may be waiting there that came in time.
  const timer = setTimeout(() => setImmediate(settle, { failure: 'timeout' } as const), sent.timeoutMs);
  // Stays after the outcome is known: a destroyed request still reports its end as an error.
  request.on('error', (error) => settle({ failure: connectionFailureOf(error) }));
  request.on('response', (response) => receive(response, sent.keepBytesMax, settle));
  request.end(sent.body);
}

function framed(sent: Exchange): Record<string, string> {
  if (sent.body === undefined) return sent.headers;
  return {
    'content-type': 'application/json',
    ...sent.headers,
    'content-length': String(Buffer.byteLength(sent.body)),
  };
}

function receive(
  response: http.IncomingMessage,
  keepBytesMax: number | undefined,
  settle: (o: Exchanged) => void,
): void {
  const kept: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    if (keepBytesMax === undefined) return;
    size += chunk.length;
    if (size > keepBytesMax) settle({ failure: 'too-large' });
    else kept.push(chunk);
  });
  response.on('end', () => {
    const text = Buffer.concat(kept).toString('utf8');
    settle({ status: response.statusCode ?? 0, headers: response.headers, text });
  });
  response.on('error', (error) => settle({ failure: connectionFailureOf(error) }));
  response.on('close', () => settle({ failure: 'reset' }));
}
