import type { z } from 'zod';
import { errorCode } from '../error-code';
import { errorIn, parseJson } from '../json-error';
import { ControlFailure, type ControlFailureReason } from './control-failure';
import { exchange, type Answer, type Exchange } from './exchange';
import { health, removal, rule, ruleList, type Health, type Rule } from './rule';
import type { ControlAddress } from './system';

/** One request takes at most this long, well below what any activity may take. */
const requestTimeoutMs = 2_000;

/** What a PUT carries. */
export interface RuleRequest extends Pick<Rule, 'point' | 'effect' | 'percent' | 'tag'> {
  leaseMs: number;
  remainingMs: number;
}

interface Ask<Value> {
  doing: string;
  method: Exchange['method'];
  path: string;
  body?: unknown;
  schema: z.ZodType<Value>;
}

/** Speaks the control protocol, version 1, to one service; every method throws a ControlFailure when it was not granted. */
export class ControlClient {
  constructor(
    private readonly service: string,
    private readonly address: ControlAddress,
    private readonly signal: AbortSignal,
  ) {}

  /** What the application says of itself. */
  readHealth(): Promise<Health> {
    return this.#ask({ doing: 'read the health', method: 'GET', path: 'v1/health', schema: health });
  }

  /** Every rule that has not ended, whoever made it. */
  async listRules(): Promise<Rule[]> {
    const asked = { doing: 'list the rules', method: 'GET', path: 'v1/rules', schema: ruleList } as const;
    return (await this.#ask(asked)).rules;
  }

  /** The rule under this id, or undefined when there is none. */
  readRule(id: string): Promise<Rule | undefined> {
    return this.#askOrMissing({ doing: `read rule ${id}`, method: 'GET', path: `v1/rules/${id}`, schema: rule });
  }

  /** Places a rule that is harmless until activated. */
  async armRule(id: string, body: RuleRequest): Promise<void> {
    await this.#ask({ doing: `arm rule ${id}`, method: 'PUT', path: `v1/rules/${id}`, body, schema: rule });
  }

  /** Gives an armed rule its effect; undefined when none is armed. */
  activateRule(id: string): Promise<Rule | undefined> {
    const path = `v1/rules/${id}/activate`;
    return this.#askOrMissing({ doing: `activate rule ${id}`, method: 'POST', path, schema: rule });
  }

  /** Counts the lease anew; undefined when the rule is not there. */
  renewRule(id: string, leaseMs: number): Promise<Rule | undefined> {
    const path = `v1/rules/${id}/renew`;
    return this.#askOrMissing({ doing: `renew rule ${id}`, method: 'POST', path, body: { leaseMs }, schema: rule });
  }

  /** Removes a rule, or nothing, and has its id refused for `remainingMs`. */
  removeRule(id: string, remainingMs: number): Promise<z.infer<typeof removal>> {
    const path = `v1/rules/${id}`;
    return this.#ask({ doing: `remove rule ${id}`, method: 'DELETE', path, body: { remainingMs }, schema: removal });
  }

  async #ask<Value>(asked: Ask<Value>): Promise<Value> {
    const answer = await this.#send(asked);
    if (answer.status < 200 || answer.status > 299)
      throw this.#failure(asked.doing, reasonOf(answer.status), why(answer));
    return this.#parse(asked, answer);
  }

  async #askOrMissing<Value>(asked: Ask<Value>): Promise<Value | undefined> {
    const answer = await this.#send(asked);
    if (answer.status === 404 && isProtocolAnswer(answer)) return undefined;
    if (answer.status < 200 || answer.status > 299)
      throw this.#failure(asked.doing, reasonOf(answer.status), why(answer));
    return this.#parse(asked, answer);
  }

  async #send({ doing, method, path, body }: Ask<unknown>): Promise<Answer> {
    const { url, token } = this.address;
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(requestTimeoutMs)]);
    try {
      return await exchange({ method, url: new URL(path, url.endsWith('/') ? url : `${url}/`), token, body, signal });
    } catch (error) {
      throw this.#failure(doing, 'unreachable', this.#noAnswer(error, signal));
    }
  }

  #parse<Value>({ doing, schema }: Ask<Value>, answer: Answer): Value {
    const parsed = schema.safeParse(parseJson(answer.text));
    if (parsed.success) return parsed.data;
    throw this.#failure(doing, 'failed', 'the answer does not follow the control protocol; is this the right address?');
  }

  /** The code alone: an error's own words may carry what nobody should read. */
  #noAnswer(error: unknown, signal: AbortSignal): string {
    if (this.signal.aborted) return 'the call was given up before an answer came';
    if (signal.aborted) return `no answer within ${requestTimeoutMs} ms; is the service overloaded?`;
    return `${errorCode(error) ?? 'no answer'}; is the service running?`;
  }

  #failure(doing: string, reason: ControlFailureReason, because: string): ControlFailure {
    const { url, token } = this.address;
    const message = `cannot ${doing} at the fault control of ${this.service} (${url}): ${because}`;
    return new ControlFailure(reason, message.replaceAll(token, '[token]'));
  }
}

function reasonOf(status: number): ControlFailureReason {
  if (status === 410) return 'gone';
  return [403, 409, 422, 503].includes(status) ? 'refused' : 'failed';
}

function why({ status, text }: Answer): string {
  if (status === 401) return 'it does not accept our token; check the token of the environment (401)';
  if (status >= 300 && status < 400) return `it redirects, which is refused; give the address itself (${status})`;
  const said = errorIn(text);
  return said === undefined ? `it answered ${status}` : `${said} (${status})`;
}

/** A 404 of the protocol says why; one of a proxy or of another server in its place must not pass for "absent". */
function isProtocolAnswer(answer: Answer): boolean {
  return errorIn(answer.text) !== undefined;
}
