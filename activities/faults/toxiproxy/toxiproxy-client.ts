import type { z } from 'zod';
import { errorCode } from '../error-code';
import { errorIn, parseJson } from '../json-error';
import { exchange, type Answer, type Exchange } from './exchange';
import { proxies, proxy, toxic, type Proxy, type Toxic } from './toxic';
import { ToxiproxyFailure } from './toxiproxy-failure';

/** Taking a toxic off waits for its connections; Toxiproxy itself gives up after 25 s. */
const requestTimeoutMs = 8_000;

interface Ask {
  doing: string;
  method: Exchange['method'];
  path: string[];
  body?: unknown;
}

/**
 * Speaks Toxiproxy's HTTP API (version 2) as far as faults need it; every method throws a ToxiproxyFailure when it was not
 * granted. What would reset the toxics of others is not in it.
 */
export class ToxiproxyClient {
  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Every proxy with its toxics. */
  async listProxies(): Promise<Proxy[]> {
    const asked: Ask = { doing: 'list the proxies', method: 'GET', path: ['proxies'] };
    return Object.values(this.#parse(asked, proxies, await this.#granted(asked)));
  }

  /** The proxy with its toxics, or undefined when there is none of this name. */
  async readProxy(name: string): Promise<Proxy | undefined> {
    const asked: Ask = { doing: `read proxy ${name}`, method: 'GET', path: ['proxies', name] };
    const answer = await this.#grantedUnless(asked, 404);
    return answer && this.#parse(asked, proxy, answer);
  }

  /** Places a toxic; false when the proxy has one of this name. */
  async createToxic(proxy: string, placed: Toxic): Promise<boolean> {
    const path = ['proxies', proxy, 'toxics'];
    const asked: Ask = { doing: `place a toxic on proxy ${proxy}`, method: 'POST', path, body: placed };
    return (await this.#grantedUnless(asked, 409)) !== undefined;
  }

  /** Changes a toxic's chance to be met; false when it is not there. */
  async setToxicity(proxy: string, name: string, toxicity: number): Promise<boolean> {
    const path = ['proxies', proxy, 'toxics', name];
    const asked: Ask = { doing: `change a toxic of proxy ${proxy}`, method: 'PATCH', path, body: { toxicity } };
    const answer = await this.#grantedUnless(asked, 404);
    return answer !== undefined && this.#parse(asked, toxic, answer).name === name;
  }

  /** Removes a toxic; false when it was not there. */
  async deleteToxic(proxy: string, name: string): Promise<boolean> {
    const path = ['proxies', proxy, 'toxics', name];
    const asked: Ask = { doing: `remove a toxic from proxy ${proxy}`, method: 'DELETE', path };
    return (await this.#grantedUnless(asked, 404)) !== undefined;
  }

  /** Undefined for this status, when Toxiproxy itself says so: another server's 404 must not pass for "not there". */
  async #grantedUnless(asked: Ask, status: number): Promise<Answer | undefined> {
    const answer = await this.#send(asked);
    if (answer.status === status && /not found|already exists/.test(errorIn(answer.text) ?? '')) return undefined;
    return this.#check(asked, answer);
  }

  async #granted(asked: Ask): Promise<Answer> {
    return this.#check(asked, await this.#send(asked));
  }

  #check(asked: Ask, answer: Answer): Answer {
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    throw this.#failure(asked, why(answer), status === 400 || status === 403);
  }

  #parse<Value>(asked: Ask, schema: z.ZodType<Value>, answer: Answer): Value {
    const parsed = schema.safeParse(parseJson(answer.text));
    if (parsed.success) return parsed.data;
    throw this.#failure(asked, 'the answer is not that of a Toxiproxy 2; is this the right address?');
  }

  async #send(asked: Ask): Promise<Answer> {
    const { method, path, body } = asked;
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(requestTimeoutMs)]);
    const url = new URL(path.map(encodeURIComponent).join('/'), this.url.endsWith('/') ? this.url : `${this.url}/`);
    try {
      return await exchange({ method, url, body, signal });
    } catch (error) {
      throw this.#failure(asked, this.#noAnswer(error, signal));
    }
  }

  #noAnswer(error: unknown, signal: AbortSignal): string {
    if (this.signal.aborted) return 'the call was given up before an answer came';
    if (signal.aborted) return `no answer within ${requestTimeoutMs} ms; a connection may keep it waiting`;
    return `${errorCode(error) ?? 'no answer'}; is it running?`;
  }

  #failure({ doing }: Ask, because: string, isFinal = false): ToxiproxyFailure {
    return new ToxiproxyFailure(isFinal, `cannot ${doing} at Toxiproxy ${this.url}: ${because}`);
  }
}

function why({ status, text }: Answer): string {
  if (status >= 300 && status < 400) return `it redirects, which is refused; give the address itself (${status})`;
  const said = errorIn(text);
  return said === undefined ? `it answered ${status}; is this the right address?` : `${said} (${status})`;
}
