import { findSelectors, type Selector } from './find-selectors';
import { tokensOf, type Token } from './tokens';

/** A selector of series, wherever it stands in a query. */
export interface Selected {
  /** Without its range. */
  text: string;
  /** How far back it goes on counting after its last sample, subqueries included; 0 for the latest sample alone. */
  rangeMs: number;
  /** Whether the query, where it stands, may do without it. */
  isOptional: boolean;
}

/** What can be told of a query without asking Prometheus. */
export interface QueryFacts {
  /** Every selector of series in it; each once. */
  selectors: Selected[];
  /** How far back its ranges reach, subqueries added to what they contain; 0 without any. */
  rangeMs: number;
  /** Whether some selector stands without a range, so that it yields the latest sample however old. */
  hasInstantSelector: boolean;
  /** What in it would make readings lie, in words. */
  lies: string[];
}

const unitMs: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5, y: 31536e6 };

/** Reads a query's ranges, selectors and traps from its text; what is no PromQL is left for Prometheus to refuse. */
export function lookInto(query: string): QueryFacts {
  const tokens = tokensOf(query);
  const found = findSelectors(tokens);
  const ranges = tokens.filter(({ kind }) => kind === 'range').map(({ text }) => text.slice(1, -1));
  const subqueries = ranges
    .filter((text) => text.includes(':'))
    .map((text) => promDurationMs(text.split(':')[0] ?? ''));
  const plain = ranges.filter((text) => !text.includes(':')).map(promDurationMs);
  const subqueriesMs = subqueries.reduce((sum, ms) => sum + ms, 0);
  return {
    selectors: eachOnce(found, subqueriesMs),
    rangeMs: Math.max(0, ...plain) + subqueriesMs,
    hasInstantSelector: found.some(({ range }) => range === undefined),
    lies: liesIn(tokens),
  };
}

/** Of one that stands in several places, the longest range, and optional only where all of them are. */
function eachOnce(found: Selector[], subqueriesMs: number): Selected[] {
  const selected = new Map<string, Selected>();
  for (const { text, range = '', isOptional } of found) {
    const known = selected.get(text) ?? { rangeMs: 0, isOptional: true };
    const rangeMs = Math.max(known.rangeMs, promDurationMs(range) + subqueriesMs);
    selected.set(text, { text, rangeMs, isOptional: known.isOptional && isOptional });
  }
  return [...selected.values()];
}

/** A length of time as PromQL writes it, such as `1h30m`, in milliseconds; 0 when it is none. */
function promDurationMs(text: string): number {
  const parts = text.trim().matchAll(/(\d+)(ms|[smhdwy])/g);
  return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0);
}

function liesIn(tokens: Token[]): string[] {
  const lies: string[] = [];
  const has = (text: string, next?: string) =>
    tokens.some((one, at) => one.text.toLowerCase() === text && (next === undefined || tokens[at + 1]?.text === next));
  if (has('vector', '('))
    lies.push('vector() puts a number where data is missing; leave it out, missing data is a state of its own');
  if (has('offset') || has('@'))
    lies.push('offset and @ read another time than the one that is judged; compare with "x baseline" instead');
  return lies;
}
