import { ApiFailure, conflict, notFound } from './api-failure';
import { changedObject, newObject } from './complete-object';
import type { ObjectStore } from './object-store';
import { resourceKinds, type ResourceKind } from './resource-kinds';
import type { SentObject, StoredObject } from './stored-object';

/** Where an object is; namespaces themselves have an empty namespace. */
export interface Place {
  resource: ResourceKind;
  namespace: string;
  name: string;
}

/** The body of a deletion. */
export interface DeleteOptions {
  preconditions?: { uid?: string; resourceVersion?: string };
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
}

/** The object at a place; 404 when there is none. */
export function findOrFail(store: ObjectStore, { resource, namespace, name }: Place): StoredObject {
  const found = store.find(resource, namespace, name);
  if (found === undefined) throw notFound(resource.plural, name);
  return found;
}

/** Creates an object, or only says how it would be. */
export function createObject(store: ObjectStore, place: Place, body: StoredObject, isDryRun: boolean): StoredObject {
  const { resource, namespace } = place;
  const created = newObject(resource, namespace, body);
  const { name } = created.metadata;
  if (resource.isNamespaced) {
    const home = findOrFail(store, { resource: resourceKinds.namespaces, namespace: '', name: namespace });
    if (home.metadata.deletionTimestamp !== undefined)
      throw new ApiFailure(
        403,
        'Forbidden',
        `unable to create new content in namespace ${namespace} because it is being terminated`,
      );
  }
  if (store.find(resource, namespace, name) !== undefined)
    throw new ApiFailure(409, 'AlreadyExists', `${resource.plural} "${name}" already exists`);
  return isDryRun ? created : store.put(resource, created);
}

/** Stores what `change` makes of an object, or only says how it would be; the last finalizer's end ends a deletion. */
export function changeObject(
  store: ObjectStore,
  place: Place,
  change: (before: StoredObject) => SentObject,
  { isDryRun = false, isStatus = false } = {},
): StoredObject {
  const before = findOrFail(store, place);
  const after = changedObject(place.resource, before, change(before), isStatus);
  if (isDryRun || JSON.stringify(after) === JSON.stringify(before)) return after;
  const isOver = after.metadata.deletionTimestamp !== undefined && after.metadata.finalizers === undefined;
  if (isOver && place.resource !== resourceKinds.pods) return removeWithDependents(store, place.resource, after);
  return store.put(place.resource, after);
}

/** Begins or completes a deletion, or only says how the object is; 409 when a precondition does not hold. */
export function deleteObject(
  store: ObjectStore,
  place: Place,
  options: DeleteOptions,
  isDryRun: boolean,
): StoredObject {
  const { resource, name } = place;
  const found = findOrFail(store, place);
  const { uid, resourceVersion } = options.preconditions ?? {};
  if (uid !== undefined && uid !== found.metadata.uid)
    throw conflict(
      resource.plural,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${found.metadata.uid}`,
    );
  if (resourceVersion !== undefined && resourceVersion !== found.metadata.resourceVersion)
    throw conflict(
      resource.plural,
      name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${found.metadata.resourceVersion}`,
    );
  if (isDryRun) return found;
  return begin(store, resource, found, options);
}

function begin(store: ObjectStore, resource: ResourceKind, found: StoredObject, options: DeleteOptions): StoredObject {
  const isPod = resource === resourceKinds.pods;
  const graceSeconds = isPod ? (options.gracePeriodSeconds ?? found.spec?.terminationGracePeriodSeconds ?? 30) : 0;
  const isHeld = found.metadata.finalizers !== undefined || graceSeconds > 0;
  if (!isHeld && resource !== resourceKinds.namespaces)
    return removeWithDependents(store, resource, found, options.propagationPolicy);
  if (found.metadata.deletionTimestamp !== undefined) return found;
  found.metadata.deletionTimestamp = new Date(Date.now() + graceSeconds * 1_000).toISOString().replace(/\.\d+Z/, 'Z');
  if (isPod) found.metadata.deletionGracePeriodSeconds = graceSeconds;
  if (resource === resourceKinds.namespaces) found.status = { phase: 'Terminating' };
  return store.put(resource, found);
}

/** Removes an object and, unless orphaned, all that it owns, as the garbage collector does. */
export function removeWithDependents(
  store: ObjectStore,
  resource: ResourceKind,
  object: StoredObject,
  propagationPolicy?: string,
): StoredObject {
  const removed = store.remove(resource, object);
  if (propagationPolicy === 'Orphan') return removed;
  for (const kind of Object.values(resourceKinds))
    for (const one of store.list(kind, object.metadata.namespace))
      if (one.metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid)) begin(store, kind, one, {});
  return removed;
}
