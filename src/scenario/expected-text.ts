import type { z } from 'zod';
import { oneOf } from './finding';

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
};

/** What a schema expected, as the beginning of a sentence that ends with what was found. */
export function expectedText(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values.map(String))}`;
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), issue.inclusive === false ? 'less than' : 'at most');
    case 'invalid_format':
      return formats[issue.format] ?? `expected a text that matches ${issue.pattern ?? issue.format}`;
    case 'not_multiple_of':
      return issue.divisor === 1 ? 'expected a whole number' : `expected a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `expected ${oneOf(knownKeys(issue.inst))}`;
    default:
      return undefined;
  }
}

const formats: Record<string, string> = {
  url: 'expected an address such as http://127.0.0.1:8080',
  json_string: 'expected a text that holds JSON',
};

const countedThings: Record<string, string> = {
  string: 'characters',
  array: 'entries',
  record: 'keys',
  object: 'keys',
};

function bound(origin: string, limit: number, words: string): string {
  const things = countedThings[origin];
  if (things === undefined) return `expected ${words} ${limit}`;
  return `expected ${words} ${limit} ${limit === 1 ? things.replace(/ies$/, 'y').replace(/s$/, '') : things}`;
}

function knownKeys(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null || !('shape' in schema)) return [];
  return typeof schema.shape === 'object' && schema.shape !== null ? Object.keys(schema.shape) : [];
}
