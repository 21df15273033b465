import { ApiFailure } from './api-failure';
import { resourceKinds, type ResourceKind } from './resource-kinds';

/** What a path names: a collection when the name is empty. */
export interface RequestRoute {
  resource: ResourceKind;
  namespace: string;
  name: string;
  subresource: string;
}

const pattern =
  /^\/(?:api\/(?<core>v1)|apis\/(?<group>[^/]+)\/(?<version>[^/]+))(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<plural>[a-z]+)(?:\/(?<name>[^/]+))?(?:\/(?<subresource>[a-z]+))?$/;

/** Reads a path of the API; 404 for anything the fake does not serve. */
export function routeOf(path: string): RequestRoute {
  // The namespaces themselves look like the namespace of something.
  const asNamespace = /^\/api\/v1\/namespaces(?:\/(?<name>[^/]+))?(?:\/(?<subresource>status|finalize))?$/.exec(path);
  if (asNamespace) {
    const { name = '', subresource = '' } = asNamespace.groups ?? {};
    return { resource: resourceKinds.namespaces, namespace: '', name, subresource };
  }
  const {
    group = '',
    core,
    version = core,
    namespace = '',
    plural,
    name = '',
    subresource = '',
  } = pattern.exec(path)?.groups ?? {};
  const resource = Object.values(resourceKinds).find(
    (one) => one.group === group && one.version === version && one.plural === plural,
  );
  if (resource === undefined || (name !== '' && resource.isNamespaced && namespace === ''))
    throw new ApiFailure(404, 'NotFound', 'the server could not find the requested resource');
  return { resource, namespace: decodeURIComponent(namespace), name: decodeURIComponent(name), subresource };
}

/** The verb that RBAC knows a request by. */
export function verbOf(method: string, { name }: RequestRoute, isWatch: boolean): string {
  if (method === 'GET') return isWatch ? 'watch' : name === '' ? 'list' : 'get';
  const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };
  const verb = verbs[method];
  const isPossible = verb !== undefined && (method === 'POST' || name !== '');
  if (!isPossible)
    throw new ApiFailure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  return verb;
}
