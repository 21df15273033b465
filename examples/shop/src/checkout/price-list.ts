import { field } from '../field';
import { callJson } from '../json-client';

const FRESH_MS = 1_000;
const TIMEOUT_MS = 100;

/** Prices in cents by sku. */
export type Prices = ReadonlyMap<string, number>;

/** The catalogue's prices, at most a second old; while the catalogue is away, the last ones that were known. */
export class PriceList {
  private known: Prices | undefined;
  private askedAtMs = -Infinity;
  private asking: Promise<void> | undefined;

  constructor(private readonly catalogueUrl: string) {}

  /** Resolves to the prices; `undefined` when none were ever known. Never rejects, and waits 100 ms at most. */
  async current(): Promise<Prices | undefined> {
    if (performance.now() - this.askedAtMs >= FRESH_MS) this.asking ??= this.ask();
    await this.asking;
    return this.known;
  }

  private async ask(): Promise<void> {
    const answer = await callJson({ method: 'GET', url: `${this.catalogueUrl}/items`, timeoutMs: TIMEOUT_MS }).catch(
      () => undefined,
    );
    if (answer?.status === 200) this.known = readPrices(answer.body) ?? this.known;
    // Also after a failure: a catalogue that hangs costs its time-out once a second, not on every order.
    this.askedAtMs = performance.now();
    this.asking = undefined;
  }
}

function readPrices(body: unknown): Prices | undefined {
  const items = field(body, 'items');
  if (!Array.isArray(items)) return undefined;
  const rows = items.map((item): [unknown, unknown] => [field(item, 'sku'), field(item, 'price')]);
  const prices = rows.filter(
    (row): row is [string, number] => typeof row[0] === 'string' && typeof row[1] === 'number',
  );
  return prices.length > 0 ? new Map(prices) : undefined;
}
