import { apiVersionOf, resourceKinds, type ResourceKind } from './resource-kinds';
import type { StoredObject } from './stored-object';

/** One change, in the order in which all changes happened. */
export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  resource: ResourceKind;
  object: StoredObject;
  before?: StoredObject;
}

/** All objects of the fake with one counter of versions for all of them, as etcd has. What it hands out are copies. */
export class ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  #version = 1;
  /** Every change since the start, or since it was compacted. */
  readonly history: StoreEvent[] = [];

  get version(): number {
    return this.#version;
  }

  find(resource: ResourceKind, namespace: string, name: string): StoredObject | undefined {
    return structuredClone(this.#objects.get(keyOf(resource, namespace, name)));
  }

  /** Sorted by namespace and name; all namespaces when none is named. */
  list(resource: ResourceKind, namespace = ''): StoredObject[] {
    const prefix = `${resource.plural}/${namespace === '' ? '' : `${namespace}/`}`;
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    return keys.flatMap((key) => structuredClone(this.#objects.get(key)) ?? []);
  }

  /** Stores an object under the next version. */
  put(resource: ResourceKind, object: StoredObject): StoredObject {
    const key = keyOf(resource, object.metadata.namespace ?? '', object.metadata.name);
    const before = this.#objects.get(key);
    const stored = this.#next(resource, object);
    this.#objects.set(key, stored);
    this.#tell(
      before
        ? { type: 'MODIFIED', ...eventOf(resource, stored), before }
        : { type: 'ADDED', ...eventOf(resource, stored) },
    );
    return structuredClone(stored);
  }

  /** Forgets an object; the version of its end is the last one it has. */
  remove(resource: ResourceKind, object: StoredObject): StoredObject {
    const key = keyOf(resource, object.metadata.namespace ?? '', object.metadata.name);
    const before = this.#objects.get(key);
    if (!this.#objects.delete(key)) return object;
    const last = this.#next(resource, object);
    this.#tell({ type: 'DELETED', ...eventOf(resource, last), ...(before && { before }) });
    return structuredClone(last);
  }

  /** Calls back with every change from now on; the answer ends that. */
  listen(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #next(resource: ResourceKind, object: StoredObject): StoredObject {
    this.#version += 1;
    const copy = structuredClone(object);
    copy.apiVersion = apiVersionOf(resource);
    copy.kind = resource.kind;
    copy.metadata.resourceVersion = String(this.#version);
    return copy;
  }

  #tell(event: StoreEvent): void {
    this.history.push(event);
    for (const listener of this.#listeners) listener(event);
  }
}

function eventOf(resource: ResourceKind, object: StoredObject) {
  return { resource, object, version: Number(object.metadata.resourceVersion) };
}

function keyOf(resource: ResourceKind, namespace: string, name: string): string {
  return `${resource.plural}/${resource.isNamespaced ? `${namespace}/` : ''}${name}`;
}

/** The pods of a namespace that carry these labels and are not on their way out. */
export function livePods(
  store: ObjectStore,
  namespace: string,
  isChosen: (pod: StoredObject) => boolean,
): StoredObject[] {
  return store
    .list(resourceKinds.pods, namespace)
    .filter((pod) => isChosen(pod) && pod.metadata.deletionTimestamp === undefined);
}
