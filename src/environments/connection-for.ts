import type { ZodType } from 'zod';
import { connectionsOf, type Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { Json, JsonObject } from '../domain/json';
import { checkShape, type Shaped } from '../scenario/check-shape';
import { formatPath, type Finding } from '../scenario/finding';
import { isReference } from '../scenario/text-or-reference';
import { UnresolvedReference, type ReferenceSource } from './reference-source';
import { resolveEntries, resolveTree, type ResolvedEntries } from './resolve-connection';

/** A connection that an environment lacks, or that is not what its system needs; no secret in the message. */
class NoConnection extends Error {
  constructor(environment: Environment, system: string, why: string) {
    super(`Connecting to ${system} in environment ${environment.name} (${environment.file}): ${why}`);
    this.name = 'NoConnection';
  }
}

type Refuse = (why: string) => NoConnection;

/**
 * The connection of one system as its drivers and probes need it: references resolved now, `directory` relative to the
 * environment's file, checked by the system's schema. An entry that leads to nothing, and that the schema can do without,
 * such as one service of several, throws only when it is read: faults elsewhere can still be removed. Throws NoConnection.
 */
export function connectionFor(
  environment: Environment,
  system: string,
  catalogue: Catalogue,
  source: ReferenceSource,
): unknown {
  const { connection: schema } = connectionsOf(catalogue).find((one) => one.name === system) ?? {};
  const written = Object.hasOwn(environment.connections, system) ? environment.connections[system] : undefined;
  const refuse: Refuse = (why) => new NoConnection(environment, system, why);
  if (!schema || written === undefined) throw refuse(`add connections.${system} to the file`);
  return isMap(written)
    ? entryByEntry(schema, resolveEntries(written, environment, source), refuse)
    : valueOf(check(schema, resolveWhole(written, environment, source, refuse)), [], refuse);
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isReference(value);
}

function check(schema: ZodType, value: Json): Shaped<unknown> {
  return checkShape(schema, value, { isSecret: true });
}

function entryByEntry(schema: ZodType, { entries, missing }: ResolvedEntries, refuse: Refuse): unknown {
  for (const one of check(schema, entries).findings) {
    const key = one.path[0];
    if (typeof key !== 'string' || !Object.hasOwn(entries, key)) continue;
    missing.set(key, [missing.get(key), describe(one)].filter(Boolean).join('; '));
  }
  const kept = Object.fromEntries(Object.entries(entries).filter(([key]) => !missing.has(key)));
  return withMissing(valueOf(check(schema, kept), [...missing.values()], refuse), missing, refuse);
}

/** What the schema cannot do without is not replaced by silence. */
function valueOf(shaped: Shaped<unknown>, known: string[], refuse: Refuse): unknown {
  if (shaped.value !== undefined) return shaped.value;
  throw refuse((known.length > 0 ? known : shaped.findings.map(describe)).join('; '));
}

function describe(finding: Finding): string {
  return `${formatPath(finding.path)}: ${finding.message}`;
}

/** Still listed by name, so that nobody takes a service that cannot be asked for one that is not there. */
function withMissing(connection: unknown, missing: Map<string, string>, refuse: Refuse): unknown {
  if (typeof connection !== 'object' || connection === null) return connection;
  for (const [key, why] of missing) {
    const get = (): never => {
      throw refuse(why);
    };
    Object.defineProperty(connection, key, { enumerable: true, get });
  }
  return connection;
}

function resolveWhole(written: Json, environment: Environment, source: ReferenceSource, refuse: Refuse): Json {
  try {
    return resolveTree(written, environment, source);
  } catch (error) {
    if (error instanceof UnresolvedReference) throw refuse(`${error.message}; ${error.hint}`);
    throw error;
  }
}
