import { HitRatio } from './hit-ratio';
import { SingleFlight } from './single-flight';

/** What a cache says about a key; `away` means that it could not be asked. */
export type Lookup = { found: 'hit'; text: string } | { found: 'miss' } | { found: 'away' };

/** A cache of texts; neither member ever rejects. */
export interface TextCache {
  get(key: string): Promise<Lookup>;
  set(key: string, text: string): Promise<void>;
}

/** A read that was refused: the cache is away and reads do not fall back to the database. */
export class CacheAway extends Error {}

const RATIO_READS = 100;

/**
 * Reads through a cache: the application looks in the cache, goes to the database when it finds nothing there, and puts
 * what it found into the cache. A cache that is away is treated as an empty one, unless `hasFallback` is false.
 */
export class CacheAside {
  readonly hitRatio = new HitRatio(RATIO_READS);
  private readonly loads = new SingleFlight();

  constructor(
    private readonly cache: TextCache,
    readonly hasFallback: boolean,
  ) {}

  /** Resolves to the value of a key; rejects as `load` does, or with `CacheAway`. What is `undefined` is never cached. */
  async read<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const lookup = await this.cache.get(key);
    this.hitRatio.note(lookup.found === 'hit');
    if (lookup.found === 'hit') return JSON.parse(lookup.text) as T;
    if (lookup.found === 'away' && !this.hasFallback)
      throw new CacheAway('Reading the catalogue: the cache does not answer; no fallback.');
    return this.loads.run(key, () => this.loadAndKeep(key, load));
  }

  private async loadAndKeep<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const value = await load();
    // The reader does not wait for the cache: it has what it asked for.
    if (value !== undefined) void this.cache.set(key, JSON.stringify(value));
    return value;
  }
}
