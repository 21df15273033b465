import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

/** One request of the control protocol. */
export interface Exchange {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  url: URL;
  token: string;
  body?: unknown;
  /** Over when the time of the request is over. */
  signal: AbortSignal;
}

/** What came back, whole. */
export interface Answer {
  status: number;
  text: string;
}

const answerMaxBytes = 4 * 1024 * 1024;

/** Sends one request over a connection of its own and follows nowhere; rejects with Node's own error when no answer came. */
export function exchange({ method, url, token, body, signal }: Exchange): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, signal, agent: false }, (response) => {
      readAll(response).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(text);
  });
}

async function readAll(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > answerMaxBytes) throw new Error(`the answer is longer than ${answerMaxBytes} bytes`);
    parts.push(part);
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') };
}
