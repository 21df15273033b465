import { request } from 'node:http';

/** What came back and how long it took. */
export interface RawAnswer {
  status: number;
  text: string;
  tookMs: number;
}

/** One HTTP request on the loopback, for observers that must share no code with the drivers. */
export function rawHttp(
  port: number,
  method: string,
  path: string,
  token?: string,
  body?: unknown,
): Promise<RawAnswer> {
  const startedMs = performance.now();
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, tookMs: performance.now() - startedMs }),
      );
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
