import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

const ANSWER_WITHIN_MS = 2_000;

/** The names of a namespace's own search attributes, as the server lists them. */
export type RegisteredAttributes = ReadonlySet<string>;

async function readBody(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return body;
}

function request(url: string): Promise<IncomingMessage | undefined> {
  return new Promise((settle) => {
    const sent = get(url, { agent: false, timeout: ANSWER_WITHIN_MS }, settle);
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => settle(undefined));
  });
}

function parseAttributes(body: string): RegisteredAttributes {
  const answer: unknown = JSON.parse(body);
  const isObject = typeof answer === 'object' && answer !== null && 'customAttributes' in answer;
  return new Set(
    isObject && typeof answer.customAttributes === 'object' ? Object.keys(answer.customAttributes ?? {}) : [],
  );
}

async function listAttributes(httpPort: number, namespace: string): Promise<RegisteredAttributes | undefined> {
  const path = `/cluster/namespaces/${encodeURIComponent(namespace)}/search-attributes`;
  const response = await request(`http://127.0.0.1:${httpPort}${path}`);
  if (response === undefined) return undefined;
  const body = await readBody(response).catch(() => undefined);
  return response.statusCode === 200 && body !== undefined ? parseAttributes(body) : undefined;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => settle(false));
    socket.on('connect', () => {
      socket.destroy();
      settle(true);
    });
  });
}

/**
 * Asks the server once whether it serves the namespace: the answer, its custom search attributes, comes from the same
 * front end and database that workflows use. Undefined when it does not answer or does not know the namespace yet.
 */
export async function askTemporal(
  ports: { port: number; httpPort: number },
  namespace: string,
): Promise<RegisteredAttributes | undefined> {
  const attributes = await listAttributes(ports.httpPort, namespace);
  return attributes !== undefined && (await accepts(ports.port)) ? attributes : undefined;
}
