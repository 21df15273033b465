import type { CircuitBreaker } from '../circuit-breaker';
import type { Lookup, TextCache } from './cache-aside';
import type { RedisConnection } from './redis-connection';
import { withinLimit } from './time-limit';

/** How the cache is used; keys live between `ttlMs` and a quarter longer, at random. */
export interface CacheUse {
  prefix: string;
  ttlMs: number;
  /** How long a reader waits for one command; without it, for ever. */
  commandMs: number | undefined;
}

/** What the cache needs of a connection. */
type Connection = Pick<RedisConnection, 'get' | 'set' | 'reopen'>;

/** A cache in Redis behind a breaker: one that does not answer costs a few readers their time-out and nobody else. */
export class RedisCache implements TextCache {
  constructor(
    private readonly connection: Connection,
    readonly breaker: CircuitBreaker,
    private readonly use: CacheUse,
  ) {}

  /** Looks a key up; `away` when the breaker is open or the command failed. */
  async get(key: string): Promise<Lookup> {
    const answer = await this.ask('Reading from the cache', () => this.connection.get(this.keyOf(key)));
    if (!answer) return { found: 'away' };
    return answer.value === null ? { found: 'miss' } : { found: 'hit', text: answer.value };
  }

  /** Keeps a text for its time to live; one that cannot be kept is loaded again by the next reader. */
  async set(key: string, text: string): Promise<void> {
    await this.ask('Writing to the cache', () => this.connection.set(this.keyOf(key), text, this.timeToLiveMs()));
  }

  private async ask<T>(what: string, send: () => Promise<T>): Promise<{ value: T } | undefined> {
    const permit = this.breaker.requestPermit();
    if (permit === undefined) return undefined;
    const answer = await withinLimit(what, send(), this.use.commandMs).then(
      (value) => ({ value }),
      () => undefined,
    );
    this.breaker.record(permit, answer !== undefined);
    // Whatever is still in flight there will never be read: a new connection knows whether Redis is back.
    if (this.breaker.current() === 'open') this.connection.reopen();
    return answer;
  }

  private keyOf(key: string): string {
    return `${this.use.prefix}:${key}`;
  }

  /** Spread out, so that keys written together do not expire together. */
  private timeToLiveMs(): number {
    return Math.round(this.use.ttlMs * (1 + Math.random() / 4));
  }
}
