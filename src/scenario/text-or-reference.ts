import { z } from 'zod';
import type { Json, JsonObject } from '../domain/json';
import type { Path } from './finding';

const expected = 'expected a text, {env: NAME} or {file: path}';

/** A reference: where a text is found at the moment it is needed. */
export type Reference = { env: string } | { file: string };

const reference = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  expected,
);

/** A text that stands in the file, or a reference to one that does not. */
export const textOrReference = z.union([z.string().min(1), reference], expected);

/** Whether a value is a reference: a map with `env` or `file` and nothing else. */
export function isReference(value: Json): value is Reference {
  return reference.safeParse(value).success;
}

/** A tree with each reference replaced; the paths are those of the references. */
export function mapReferences(tree: Json, replace: (reference: Reference, path: Path) => Json, path: Path = []): Json {
  if (isReference(tree)) return replace(tree, path);
  if (Array.isArray(tree)) return tree.map((item, index) => mapReferences(item, replace, [...path, index]));
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries = Object.entries(tree).map(([key, item]) => [key, mapReferences(item, replace, [...path, key])]);
  return Object.fromEntries(entries) as JsonObject;
}
