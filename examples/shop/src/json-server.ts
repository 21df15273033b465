import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** What a handler is given: the headers, the decoded JSON body (`undefined` without a body) and the path's last word. */
export interface JsonRequest {
  headers: IncomingHttpHeaders;
  body: unknown;
  name: string;
}

/** What a handler answers; `text` is sent as it is, under the JSON content type. */
export interface Answer {
  status: number;
  text: string;
  headers?: Record<string, string>;
}

/** The answer of a handler that closes the connection without a word. */
export const HANG_UP = Symbol('hang up');

/** Handlers by method and path, such as `POST /charge`; `GET /items/*` takes any one word in the place of the star. */
export type Routes = Record<string, (request: JsonRequest) => Promise<Answer | typeof HANG_UP> | Answer>;

/** Makes an answer out of a value. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, text: JSON.stringify(value), headers };
}

/** Serves the routes on a free port of that host and resolves to the base URL; rejects when the port cannot be opened. */
export async function listenJson(routes: Routes, host = '127.0.0.1'): Promise<{ url: string; close(): void }> {
  // Longer than any client here keeps an idle connection, so that no request meets one that is being closed.
  const server = createServer(
    { keepAliveTimeout: 60_000 },
    (request, response) => void serve(routes, request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${host}:${port}`, close: () => void server.close().closeAllConnections() };
}

async function serve(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await answerTo(routes, request).catch(unexpected);
  if (answer === HANG_UP) return void request.socket.destroy();
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(answer.text);
}

async function answerTo(routes: Routes, request: IncomingMessage): Promise<Answer | typeof HANG_UP> {
  const [path = '/'] = (request.url ?? '/').split('?');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const handler = routes[`${request.method} ${path}`] ?? routes[`${request.method} ${path.slice(0, -name.length)}*`];
  if (!handler) return json(404, { error: `Nothing answers ${request.method} ${path}.`, known: Object.keys(routes) });
  const text = await readBody(request);
  try {
    return await handler({ headers: request.headers, body: text === '' ? undefined : JSON.parse(text), name });
  } catch (error) {
    if (error instanceof SyntaxError) return json(400, { error: `Reading the body as JSON: ${error.message}` });
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`Reading the body: more than ${BODY_BYTES_MAX} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unexpected(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`shop: answering 500: ${message}\n`);
  return json(500, { error: message });
}
