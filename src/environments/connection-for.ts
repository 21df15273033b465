import { dirname, resolve } from 'node:path';
import { connectionsOf, type Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { Json } from '../domain/json';
import { checkShape } from '../scenario/check-shape';
import { formatPath, type Path } from '../scenario/finding';
import { mapReferences } from '../scenario/text-or-reference';
import { resolveReference, UnresolvedReference, type ReferenceSource } from './reference-source';

/** A connection that an environment lacks, or that is not what its system needs; no secret in the message. */
class NoConnection extends Error {
  constructor(environment: Environment, system: string, why: string) {
    super(`Connecting to ${system} in environment ${environment.name} (${environment.file}): ${why}`);
    this.name = 'NoConnection';
  }
}

/**
 * The connection of one system as its drivers and probes need it: references resolved now, `directory` relative to the
 * environment's file, checked by the system's schema. Throws NoConnection.
 */
export function connectionFor(
  environment: Environment,
  system: string,
  catalogue: Catalogue,
  source: ReferenceSource,
): unknown {
  const { connection: schema } = connectionsOf(catalogue).find((one) => one.name === system) ?? {};
  const written = Object.hasOwn(environment.connections, system) ? environment.connections[system] : undefined;
  if (!schema || written === undefined)
    throw new NoConnection(environment, system, `add connections.${system} to the file`);
  const resolved = resolveConnection(written, environment, system, source);
  const shaped = checkShape(schema, resolved, { isSecret: true });
  if (shaped.value !== undefined) return shaped.value;
  const wrong = shaped.findings.map((one) => `${formatPath(one.path)}: ${one.message}`).join('; ');
  throw new NoConnection(environment, system, wrong);
}

function resolveConnection(written: Json, environment: Environment, system: string, source: ReferenceSource): Json {
  try {
    const resolved = mapReferences(written, (reference) => resolveReference(reference, environment.file, source));
    return withDirectories(resolved, environment.file);
  } catch (error) {
    if (error instanceof UnresolvedReference)
      throw new NoConnection(environment, system, `${error.message}; ${error.hint}`);
    throw error;
  }
}

function withDirectories(tree: Json, file: string, path: Path = []): Json {
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
