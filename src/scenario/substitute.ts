import type { Json } from '../domain/json';
import { finding, type Finding, type Path } from './finding';

/** What a name inside `${…}` stands for, or why it stands for nothing; undefined leaves it as it is. */
export type Meaning = { value: Json } | { message: string; hint?: string | undefined } | undefined;

/** Data with its names replaced, and where that was not possible. */
export interface Substituted {
  tree: Json;
  findings: Finding[];
}

const name = /(\$?)\$\{([^{}]*)\}/g;
const onlyName = /^\$\{([^{}]*)\}$/;

/**
 * Replaces every `${name}` in the texts of a tree, once: what is put in is not read again. A text that is nothing
 * but one name takes its value with its type; `$${` stands for the text `${`.
 */
export function substitute(tree: Json, meaningOf: (name: string) => Meaning, path: Path = []): Substituted {
  const findings: Finding[] = [];
  return { tree: replaced(tree, path), findings };

  function replaced(value: Json, at: Path): Json {
    if (typeof value === 'string') return inText(value, at);
    if (Array.isArray(value)) return value.map((item, index) => replaced(item, [...at, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, [...at, key])]));
  }

  function inText(text: string, at: Path): Json {
    const whole = onlyName.exec(text)?.[1];
    if (whole !== undefined) return look(whole, at) ?? text;
    return text.replace(name, (found: string, escape: string, inner: string) => {
      if (escape !== '') return found;
      const value = look(inner, at);
      return value === undefined ? found : asText(value);
    });
  }

  function look(inner: string, at: Path): Json | undefined {
    const meaning = meaningOf(inner.trim());
    if (meaning === undefined || 'value' in meaning) return meaning?.value;
    findings.push(finding(at, meaning.message, meaning.hint));
    return undefined;
  }
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Turns every `$${` into `${`; the last thing done to a text. */
export function unescapeNames(tree: Json): Json {
  if (typeof tree === 'string') return tree.replaceAll('$${', '${');
  if (Array.isArray(tree)) return tree.map(unescapeNames);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, unescapeNames(item)]));
}
