import { compile, type JSONPathQuery } from 'json-p3';
import type { Json } from '../../../src/domain/json';

const wordMax = 200;

/** One value, or why there is none; reasons never quote the answer, which may hold anything. */
export type Found = { value: number | string } | { state: 'no-data' | 'error'; reason: string };

/** Finds the one number, word or boolean that a JSONPath (RFC 9535) matches in a JSON text; never throws. */
export function valueAt(text: string, path: string): Found {
  const document = parse(text);
  if (document === undefined) return { state: 'error', reason: 'the answer is not valid JSON' };
  const matches = matchesOf(compile(path), document.json);
  if (matches === undefined) return { state: 'error', reason: `${path} could not be applied to the answer` };
  if (matches.length > 1) return { state: 'error', reason: `${path} matches ${matches.length} values, expected one` };
  const [match] = matches;
  return match === undefined ? { state: 'no-data', reason: `${path} matches nothing` } : wordOrNumber(match, path);
}

function wordOrNumber(match: Json, path: string): Found {
  if (match === null) return { state: 'no-data', reason: `${path} is null` };
  if (typeof match === 'boolean') return { value: String(match) };
  if (typeof match === 'object') {
    const found = Array.isArray(match) ? 'a list' : 'an object';
    return { state: 'error', reason: `${path} is ${found}, expected a number, a word or a boolean` };
  }
  if (typeof match === 'number' && !Number.isFinite(match))
    return { state: 'error', reason: `${path} is no finite number` };
  if (typeof match === 'string' && match.length > wordMax) {
    return {
      state: 'error',
      reason: `${path} is a text of ${match.length} characters, expected a word of at most ${wordMax}`,
    };
  }
  return { value: match };
}

function parse(text: string): { json: Json } | undefined {
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

function matchesOf(query: JSONPathQuery, document: Json): Json[] | undefined {
  try {
    return query.query(document).nodes.map((node) => node.value as Json);
  } catch {
    return undefined;
  }
}
