import { tokensOf, type Token } from './tokens';

/** What can be told of a query without asking Prometheus. */
export interface QueryFacts {
  /** Every selector of series in it, without range; each once. */
  selectors: string[];
  /** How far back its ranges reach, subqueries added to what they contain; 0 without any. */
  rangeMs: number;
  /** Whether some selector stands without a range, so that it yields the latest sample however old. */
  hasInstantSelector: boolean;
  /** What in it would make readings lie, in words. */
  lies: string[];
}

const unitMs: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5, y: 31536e6 };
const groupings = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const words = new Set([...groupings, 'and', 'or', 'unless', 'atan2', 'bool', 'offset', 'inf', 'nan']);

/** Reads a query's ranges, selectors and traps from its text; what is no PromQL is left for Prometheus to refuse. */
export function lookInto(query: string): QueryFacts {
  const tokens = tokensOf(query);
  const found = findSelectors(tokens);
  const ranges = tokens.filter(({ kind }) => kind === 'range').map(({ text }) => text.slice(1, -1));
  const subqueries = ranges
    .filter((text) => text.includes(':'))
    .map((text) => promDurationMs(text.split(':')[0] ?? ''));
  const plain = ranges.filter((text) => !text.includes(':')).map(promDurationMs);
  return {
    selectors: [...new Set(found.map(({ text }) => text))],
    rangeMs: Math.max(0, ...plain) + subqueries.reduce((sum, ms) => sum + ms, 0),
    hasInstantSelector: found.some(({ hasRange }) => !hasRange),
    lies: liesIn(tokens),
  };
}

/** A length of time as PromQL writes it, such as `1h30m`, in milliseconds; 0 when it is none. */
function promDurationMs(text: string): number {
  const parts = text.trim().matchAll(/(\d+)(ms|[smhdwy])/g);
  return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0);
}

interface Selector {
  text: string;
  hasRange: boolean;
}

function findSelectors(tokens: Token[]): Selector[] {
  const found: Selector[] = [];
  const skipped = labelLists(tokens);
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (skipped.has(index)) return;
    const isMetric = token.kind === 'word' && !isCall(token, next);
    const isNameless = token.kind === 'braces' && !isMetricAt(tokens, index - 1, skipped);
    if (!isMetric && !isNameless) return;
    const braces = isMetric && next?.kind === 'braces' ? next.text : '';
    const after = tokens[index + (braces === '' ? 1 : 2)];
    found.push({ text: token.text + braces, hasRange: after?.kind === 'range' && !after.text.includes(':') });
  });
  return found;
}

function isMetricAt(tokens: Token[], index: number, skipped: Set<number>): boolean {
  const token = tokens[index];
  return token?.kind === 'word' && !skipped.has(index) && !isCall(token, tokens[index + 1]);
}

/** A word that is no name of a metric: a function, an aggregation, an operator. */
function isCall({ text }: Token, next: Token | undefined): boolean {
  if (words.has(text.toLowerCase())) return true;
  return next?.text === '(' || (next?.kind === 'word' && ['by', 'without'].includes(next.text.toLowerCase()));
}

/** The places of labels in `by (…)` and its like. */
function labelLists(tokens: Token[]): Set<number> {
  const places = new Set<number>();
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'word' || !groupings.has(text.toLowerCase()) || tokens[index + 1]?.text !== '(') return;
    for (let at = index + 1; at < tokens.length && tokens[at]?.text !== ')'; at += 1) places.add(at);
  });
  return places;
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
