import { Agent, request as send, type IncomingMessage } from 'node:http';

/** One HTTP call; `timeoutMs` bounds the whole of it, from connecting to the last byte of the answer. */
export interface JsonCall {
  method: 'GET' | 'POST';
  url: string;
  timeoutMs: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** The answer to a call; `body` is `undefined` where the text was not JSON. */
export interface JsonAnswer {
  status: number;
  body: unknown;
}

const agent = new Agent({ keepAlive: true, timeout: 30_000 });

/** Makes one HTTP call and resolves to its answer whatever the status; rejects on a time-out or a broken connection. */
export function callJson(call: JsonCall): Promise<JsonAnswer> {
  return new Promise((resolve, reject) => {
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const headers = { ...call.headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const signal = AbortSignal.timeout(call.timeoutMs);
    const fail = (error: Error) => reject(new Error(`Calling ${call.method} ${call.url}: ${explain(error, call)}`));
    const request = send(call.url, { method: call.method, headers, agent, signal }, (response) => {
      readText(response).then((text) => resolve({ status: response.statusCode ?? 0, body: parseJson(text) }), fail);
    });
    request.on('error', fail).end(body);
  });
}

function explain(error: Error, call: JsonCall): string {
  const timedOut = error.name === 'AbortError' || error.name === 'TimeoutError';
  return timedOut ? `no answer within ${call.timeoutMs} ms.` : error.message;
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
