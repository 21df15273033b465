import { Agent, request, type RequestOptions } from 'node:https';

/** An answer of the API server, parsed. */
export interface RawReply {
  status: number;
  body: ReturnType<typeof JSON.parse>;
}

/** Where an API server is and who asks; without a token nobody in particular. */
export interface RawAddress {
  url: string;
  ca: string;
  token?: string;
}

/** Kinds of patches by their short names. */
export const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** Speaks HTTPS to an API server with Node alone, for observers that must share no code with the drivers. */
export class RawKubernetes {
  // A handshake per request would be most of what the tests do.
  readonly #agent = new Agent({ keepAlive: true });

  constructor(private readonly address: RawAddress) {}

  async ask(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<RawReply> {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const { status, text: answer } = await this.#send(method, path, text, contentType);
    return { status, body: JSON.parse(answer) };
  }

  /** The object or list at a path; rejects when it cannot be had. */
  async get(path: string): Promise<RawReply['body']> {
    const { status, body } = await this.ask('GET', path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
    return body;
  }

  patch(kind: keyof typeof patchTypes, path: string, body: unknown): Promise<RawReply> {
    return this.ask('PATCH', path, body, patchTypes[kind]);
  }

  /** Every event of a watch until the server ends it. */
  async watch(path: string): Promise<RawReply['body'][]> {
    const { text } = await this.#send('GET', path, undefined, 'application/json');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line));
  }

  #send(
    method: string,
    path: string,
    text: string | undefined,
    contentType: string,
  ): Promise<{ status: number; text: string }> {
    const { url, ca, token } = this.address;
    const headers = {
      'content-type': contentType,
      // Node sends no length with a DELETE unless told.
      'content-length': Buffer.byteLength(text ?? ''),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const options: RequestOptions = { method, headers, ca, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, url), options, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (answer += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: answer }));
        response.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(text);
    });
  }
}
