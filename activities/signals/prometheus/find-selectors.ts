import type { Token } from './tokens';

/** One selector of series where it stands in a query. */
export interface Selector {
  /** Without its range. */
  text: string;
  /** What stands in the brackets behind it, unless that is a subquery. */
  range?: string;
  /** Whether the query may do without it: an operand of `or`, or what is asked whether it is absent. */
  isOptional: boolean;
}

const groupings = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const words = new Set([...groupings, 'and', 'or', 'unless', 'atan2', 'bool', 'offset', 'inf', 'nan']);
const absences = new Set(['absent', 'absent_over_time']);

/** Finds every selector of series in a query, in their order; a text that is no PromQL yields some or none. */
export function findSelectors(tokens: Token[]): Selector[] {
  const found: Selector[] = [];
  const skipped = labelLists(tokens);
  const isOptional = optionalPlaces(tokens, skipped);
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (skipped.has(index)) return;
    const isMetric = token.kind === 'word' && !isCall(token, next);
    const isNameless = token.kind === 'braces' && !isMetricAt(tokens, index - 1, skipped);
    if (!isMetric && !isNameless) return;
    const braces = isMetric && next?.kind === 'braces' ? next.text : '';
    const after = tokens[index + (braces === '' ? 1 : 2)];
    found.push({ text: token.text + braces, ...rangeIn(after), isOptional: isOptional(index) });
  });
  return found;
}

function rangeIn(after: Token | undefined): { range?: string } {
  return after?.kind === 'range' && !after.text.includes(':') ? { range: after.text.slice(1, -1) } : {};
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

/** What stands between two brackets or commas; `or` binds weakest, so that all of it is in its operands. */
interface Part {
  around: Part | undefined;
  isOptional: boolean;
}

function optionalPlaces(tokens: Token[], skipped: Set<number>): (index: number) => boolean {
  let part: Part = { around: undefined, isOptional: false };
  const parts = tokens.map(({ kind, text }, index) => {
    if (skipped.has(index)) return part;
    if (text === '(') part = { around: part, isOptional: absences.has(tokens[index - 1]?.text.toLowerCase() ?? '') };
    else if (text === ')') part = part.around ?? part;
    else if (text === ',') part = { around: part.around, isOptional: false };
    else if (kind === 'word' && text.toLowerCase() === 'or') part.isOptional = true;
    return part;
  });
  return (index) => isWithinOptional(parts[index]);
}

function isWithinOptional(part: Part | undefined): boolean {
  for (let one = part; one; one = one.around) if (one.isOptional) return true;
  return false;
}
