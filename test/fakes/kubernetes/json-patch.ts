import { badRequest, invalid } from './api-failure';

type Tree = Record<string, unknown> | unknown[];

interface Operation {
  op: string;
  path: string;
  value?: unknown;
  from?: string;
}

/** Applies an RFC 6902 patch to a copy; a `test` that does not hold is a 422, as the API server answers it. */
export function applyJsonPatch<Value extends object>(document: Value, patch: unknown): Value {
  if (!Array.isArray(patch)) throw badRequest('a JSON patch is a list of operations');
  const copy = structuredClone(document);
  for (const operation of patch) applyOne(copy, operation);
  return copy;
}

function applyOne(document: object, { op, path, value, from }: Operation): void {
  if (op === 'test') return assertEqual(document, path, value);
  if (op === 'add') return add(document, path, structuredClone(value));
  if (op === 'remove') return remove(document, path);
  if (op === 'replace') {
    read(document, path);
    const [parent, key] = parentOf(document, path);
    return void Reflect.set(parent, key, structuredClone(value));
  }
  if (op === 'move' || op === 'copy') {
    const moved = structuredClone(read(document, from ?? ''));
    if (op === 'move') remove(document, from ?? '');
    return add(document, path, moved);
  }
  throw badRequest(`unknown operation of a JSON patch: ${op}`);
}

function assertEqual(document: object, path: string, value: unknown): void {
  const found = find(document, path);
  if (canonical(found) !== canonical(value))
    throw invalid(
      `the server rejected our request due to an error in our request: testing value ${path} failed: test failed`,
    );
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === undefined) return 'undefined';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, member]) => `${key}:${canonical(member)}`).join(',')}}`;
}

function keysOf(path: string): string[] {
  if (path !== '' && !path.startsWith('/')) throw badRequest(`not a JSON pointer: ${path}`);
  return path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function find(document: object, path: string): unknown {
  let value: unknown = document;
  for (const key of keysOf(path)) value = isTree(value) ? Reflect.get(value, key) : undefined;
  return value;
}

function read(document: object, path: string): unknown {
  const value = find(document, path);
  if (value === undefined) throw missing(path);
  return value;
}

function parentOf(document: object, path: string): [parent: Tree, key: string] {
  const parent = find(document, path.slice(0, path.lastIndexOf('/')));
  if (!isTree(parent)) throw missing(path);
  return [parent, keysOf(path).at(-1) ?? ''];
}

function add(document: object, path: string, value: unknown): void {
  const [parent, key] = parentOf(document, path);
  if (!Array.isArray(parent)) parent[key] = value;
  else parent.splice(key === '-' ? parent.length : Number(key), 0, value);
}

function remove(document: object, path: string): void {
  read(document, path);
  const [parent, key] = parentOf(document, path);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

function missing(path: string) {
  return invalid(`the server rejected our request due to an error in our request: ${path}: missing value`);
}
