import { badRequest } from './api-failure';

type Members = Record<string, unknown>;

/** Applies an RFC 7396 merge patch: null removes, objects merge, everything else replaces. */
export function applyMergePatch<Value extends object>(document: Value, patch: unknown): Value {
  if (!isMembers(patch)) throw badRequest('a merge patch is an object');
  const copy = structuredClone(document);
  mergeInto(copy, patch, (target, key, value) => void Reflect.set(target, key, structuredClone(value)));
  return copy;
}

/** Lists that the schemas of the served kinds merge by a key of their items; all other lists are replaced as a whole. */
const mergeKeys: Record<string, string> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  ports: 'containerPort',
  conditions: 'type',
  ownerReferences: 'uid',
  volumes: 'name',
};

/**
 * Applies a strategic merge patch as far as the shapes above go: maps merge, known lists merge by key, `$patch: delete` removes
 * an item. Other directives are refused rather than misread.
 */
export function applyStrategicPatch<Value extends object>(document: Value, patch: unknown): Value {
  if (!isMembers(patch)) throw badRequest('a strategic merge patch is an object');
  const copy = structuredClone(document);
  mergeInto(copy, patch, setStrategic);
  return copy;
}

type SetOther = (target: object, key: string, value: unknown) => void;

function mergeInto(target: object, patch: Members, setOther: SetOther): void {
  for (const [key, value] of Object.entries(patch)) {
    const current: unknown = Reflect.get(target, key);
    if (value === null) Reflect.deleteProperty(target, key);
    else if (!isMembers(value)) setOther(target, key, value);
    else {
      const into = isMembers(current) ? current : {};
      Reflect.set(target, key, into);
      mergeInto(into, value, setOther);
    }
  }
}

function setStrategic(target: object, key: string, value: unknown): void {
  if (key.startsWith('$')) throw badRequest(`this fake does not know the directive ${key} of strategic merge patches`);
  const [mergeKey, current] = [mergeKeys[key], Reflect.get(target, key)];
  if (!Array.isArray(value) || mergeKey === undefined) return void Reflect.set(target, key, structuredClone(value));
  Reflect.set(target, key, mergeLists(Array.isArray(current) ? current : [], value, mergeKey));
}

function mergeLists(current: unknown[], patch: unknown[], mergeKey: string): unknown[] {
  const merged = structuredClone(current).filter(isMembers);
  for (const item of patch) {
    if (!isMembers(item) || item[mergeKey] === undefined)
      throw badRequest(`a strategic merge patch of this list needs ${mergeKey} in every item`);
    const { $patch: directive, ...members } = item;
    const index = merged.findIndex((one) => one[mergeKey] === item[mergeKey]);
    if (directive === 'delete') merged.splice(index, index < 0 ? 0 : 1);
    else if (directive !== undefined) throw badRequest(`this fake does not know $patch: ${JSON.stringify(directive)}`);
    else mergeInto(merged[index] ?? pushed(merged), members, setStrategic);
  }
  return merged;
}

function pushed(list: Members[]): Members {
  const item: Members = {};
  list.push(item);
  return item;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
