import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';

/** One request to Toxiproxy's API. */
export interface Exchange {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: URL;
  body?: unknown;
  signal: AbortSignal;
}

/** What came back, whole. */
export interface Answer {
  status: number;
  text: string;
}

/** Sends one request over a connection of its own and follows nowhere; rejects with Node's own error when no answer came. */
export function exchange({ method, url, body, signal }: Exchange): Promise<Answer> {
  const sent = body === undefined ? '' : JSON.stringify(body);
  // Toxiproxy turns away whatever calls itself a browser, by the first word of this header.
  const headers = { 'user-agent': 'gameday', 'content-length': Buffer.byteLength(sent) };
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, signal, agent: false }, (response) => {
      text(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    request.on('error', reject);
    request.end(sent);
  });
}
