import { dirname, resolve } from 'node:path';
import type { Environment } from '../domain/environment';
import type { Json, JsonObject } from '../domain/json';
import { mapReferences } from '../scenario/text-or-reference';
import type { Path } from '../scenario/finding';
import { resolveReference, UnresolvedReference, type ReferenceSource } from './reference-source';

/** What of a connection leads somewhere, and per entry that does not, why. */
export interface ResolvedEntries {
  entries: JsonObject;
  missing: Map<string, string>;
}

/** Resolves each entry of a connection by itself, so that one that leads to nothing takes none of the others along. */
export function resolveEntries(
  written: JsonObject,
  environment: Environment,
  source: ReferenceSource,
): ResolvedEntries {
  const resolved: ResolvedEntries = { entries: {}, missing: new Map() };
  for (const [key, tree] of Object.entries(written))
    try {
      resolved.entries[key] = resolveTree(tree, environment, source, [key]);
    } catch (error) {
      if (!(error instanceof UnresolvedReference)) throw error;
      resolved.missing.set(key, `${error.message}; ${error.hint}`);
    }
  return resolved;
}

/** A tree with every reference resolved now and every `directory` absolute; throws UnresolvedReference. */
export function resolveTree(tree: Json, { file }: Environment, source: ReferenceSource, path: Path = []): Json {
  const resolved = mapReferences(tree, (reference) => resolveReference(reference, file, source));
  return withDirectories(resolved, file, path);
}

function withDirectories(tree: Json, file: string, path: Path): Json {
  if (typeof tree === 'string') return isDirectory(path.at(-1)) ? resolve(dirname(file), tree) : tree;
  if (Array.isArray(tree)) return tree.map((item, index) => withDirectories(item, file, [...path, index]));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, item]) => [key, withDirectories(item, file, [...path, key])]),
  );
}

function isDirectory(key: string | number | undefined): boolean {
  return typeof key === 'string' && /directory$/i.test(key);
}
