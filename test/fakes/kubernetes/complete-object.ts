import { randomUUID } from 'node:crypto';
import { badRequest, conflict, invalid } from './api-failure';
import { apiVersionOf, resourceKinds, type ResourceKind } from './resource-kinds';
import type { ObjectMeta, SentObject, StoredObject } from './stored-object';

const objectName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** An object as a creation stores it: identity, first generation, empty status; 400 or 422 when it cannot be one. */
export function newObject(resource: ResourceKind, namespace: string, body: SentObject): StoredObject {
  const { generateName } = body.metadata;
  const generated = generateName === undefined ? '' : `${generateName}${randomUUID().slice(0, 5)}`;
  const metadata: ObjectMeta = {
    ...body.metadata,
    name: body.metadata.name ?? generated,
    ...(resource.isNamespaced && { namespace }),
    uid: randomUUID(),
    // The store gives the first one.
    resourceVersion: '',
    creationTimestamp: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
    ...(resource.plural !== 'pods' && { generation: 1 }),
  };
  const created: StoredObject = { ...body, metadata };
  delete created.status;
  if (resource === resourceKinds.pods) created.status = { phase: 'Pending', conditions: [] };
  if (resource === resourceKinds.namespaces) created.status = { phase: 'Active' };
  return tidy(checked(resource, created));
}

/** An object as an update stores it: what clients may not change stays, and a changed spec is a new generation. */
export function changedObject(
  resource: ResourceKind,
  before: StoredObject,
  wanted: SentObject,
  isStatus: boolean,
): StoredObject {
  const { name, resourceVersion, uid } = before.metadata;
  const asked = wanted.metadata;
  if (asked.resourceVersion !== undefined && asked.resourceVersion !== resourceVersion)
    throw conflict(
      resource.plural,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  if (asked.uid !== undefined && asked.uid !== uid)
    throw invalid(
      `${resource.kind} "${name}" is invalid: metadata.uid: Invalid value: "${asked.uid}": field is immutable`,
    );
  if (asked.name !== undefined && asked.name !== name)
    throw badRequest(`the name of the object (${asked.name}) does not match the name on the URL (${name})`);
  const after: StoredObject = isStatus ? { ...before } : { ...wanted, metadata: { ...asked, ...keptOf(before) } };
  const status = isStatus ? wanted.status : before.status;
  if (status === undefined) delete after.status;
  else after.status = status;
  const hasNewSpec = JSON.stringify(after.spec) !== JSON.stringify(before.spec);
  if (hasNewSpec && resource === resourceKinds.pods)
    throw invalid(`Pod "${name}" is invalid: spec: Forbidden: pod updates may not change fields other than the image`);
  if (hasNewSpec) after.metadata.generation = (before.metadata.generation ?? 0) + 1;
  return tidy(checked(resource, after));
}

function keptOf({
  metadata,
}: StoredObject): Partial<ObjectMeta> & Pick<ObjectMeta, 'name' | 'uid' | 'resourceVersion' | 'creationTimestamp'> {
  const { name, namespace, uid, resourceVersion, creationTimestamp, generation } = metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  return {
    ...{ name, uid, resourceVersion, creationTimestamp },
    ...(namespace !== undefined && { namespace }),
    ...(generation !== undefined && { generation }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
  };
}

function checked(resource: ResourceKind, object: StoredObject): StoredObject {
  const { name, labels = {} } = object.metadata;
  if (object.kind !== resource.kind || object.apiVersion !== apiVersionOf(resource))
    throw badRequest(
      `${object.apiVersion} ${object.kind} in version "${apiVersionOf(resource)}" cannot be handled as a ${resource.kind}`,
    );
  if (!objectName.test(name)) throw invalid(`${resource.kind} "${name}" is invalid: metadata.name: Invalid value`);
  for (const [key, value] of Object.entries(labels))
    if (typeof value !== 'string' || !labelValue.test(value))
      throw invalid(`${resource.kind} "${name}" is invalid: metadata.labels: Invalid value: "${key}"`);
  const { replicas } = object.spec ?? {};
  if (replicas !== undefined && (!Number.isInteger(replicas) || replicas < 0))
    throw invalid(
      `${resource.kind} "${name}" is invalid: spec.replicas: Invalid value: must be greater than or equal to 0`,
    );
  return object;
}

/** Empty maps and lists are not kept, as the API server leaves them out. */
function tidy(object: StoredObject): StoredObject {
  const { metadata } = object;
  if (Object.keys(metadata.labels ?? {}).length === 0) delete metadata.labels;
  if (Object.keys(metadata.annotations ?? {}).length === 0) delete metadata.annotations;
  if ((metadata.finalizers ?? []).length === 0) delete metadata.finalizers;
  return object;
}
