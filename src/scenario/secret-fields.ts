import { z, type ZodType } from 'zod';
import type { Json } from '../domain/json';
import type { Path } from './finding';
import { plainJson } from './plain-json';

/** Which places of a connection its system has marked with `.meta({ isSecret: true })`. */
export function secretFields(connection: ZodType): (path: Path) => boolean {
  const schema = plainJson(z.toJSONSchema(connection, { io: 'input', unrepresentable: 'any', reused: 'inline' }));
  return (path) => isSecretIn(schema, path);
}

function isSecretIn(schema: Json, path: Path): boolean {
  if (memberOf(schema, 'isSecret') === true) return true;
  const branches = ['anyOf', 'allOf', 'oneOf'].map((key) => memberOf(schema, key)).flatMap((list) => list ?? []);
  if (branches.some((branch) => isSecretIn(branch, path))) return true;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  const named = memberOf(memberOf(schema, 'properties'), String(first));
  const next = named ?? memberOf(schema, typeof first === 'number' ? 'items' : 'additionalProperties');
  return next !== undefined && isSecretIn(next, rest);
}

function memberOf(tree: Json | undefined, key: string): Json | undefined {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return undefined;
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}
