import type { IncomingMessage, ServerResponse } from 'node:http';
import { assertAllowed, isAllowed, type Access, type User } from './access';
import { ApiFailure, badRequest } from './api-failure';
import { applyJsonPatch } from './json-patch';
import { applyMergePatch, applyStrategicPatch } from './merge-patch';
import type { ObjectStore } from './object-store';
import { evictPod } from './disruption-budgets';
import { routeOf, verbOf, type RequestRoute } from './request-route';
import { apiVersionOf } from './resource-kinds';
import { fieldTest, labelTest } from './selectors';
import { streamWatch } from './watch';
import { changeObject, createObject, deleteObject, findOrFail } from './writes';

/** What a request is answered from. */
export interface Cluster {
  store: ObjectStore;
  access: Access;
  bookmarkEveryMs: number;
}

interface Call {
  cluster: Cluster;
  method: string;
  route: RequestRoute;
  query: URLSearchParams;
  contentType: string;
  text: string;
}

/** What is sent back; undefined when the answer is a stream that is already under way. */
export type Answer = { code: number; body: object } | undefined;

/** Answers one request as the API server would; throws an ApiFailure for everything but success. */
export async function respond(
  cluster: Cluster,
  request: IncomingMessage,
  text: string,
  response: ServerResponse,
): Promise<Answer> {
  const user = cluster.access.userOf(request.headers.authorization);
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'https://localhost');
  const method = request.method ?? 'GET';
  if (['/healthz', '/livez', '/readyz'].includes(pathname)) return { code: 200, body: { status: 'ok' } };
  if (pathname === '/version') return { code: 200, body: { major: '1', minor: '33', gitVersion: 'v1.33.0-fake' } };
  if (pathname === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') return review(user, text);
  const route = routeOf(pathname);
  const isWatch = ['true', '1'].includes(query.get('watch') ?? '');
  const { resource, namespace, name, subresource } = route;
  // A namespace is judged as an object in itself, which is how rules in a namespace can cover it.
  const within = resource.plural === 'namespaces' ? name : namespace;
  const asked = { verb: verbOf(method, route, isWatch), group: resource.group, namespace: within, name };
  assertAllowed(user, {
    ...asked,
    resource: subresource === '' ? resource.plural : `${resource.plural}/${subresource}`,
  });
  if (isWatch) return void streamWatch(cluster.store, { resource, namespace, query, ...cluster }, response);
  return answer({ cluster, method, route, query, contentType: request.headers['content-type'] ?? '', text });
}

function answer(call: Call): Answer {
  const { method, route, cluster, query, text } = call;
  const { resource, namespace, name, subresource } = route;
  const isDryRun = query.get('dryRun') === 'All';
  if (subresource === 'eviction' && method === 'POST') return { code: 201, body: evict(call, isDryRun) };
  if (!['', 'status'].includes(subresource))
    throw new ApiFailure(404, 'NotFound', 'the server could not find the requested resource');
  if (method === 'GET') return { code: 200, body: name === '' ? list(call) : findOrFail(cluster.store, route) };
  if (method === 'POST')
    return { code: 201, body: createObject(cluster.store, { resource, namespace, name }, parseBody(text), isDryRun) };
  if (method === 'DELETE')
    return { code: 200, body: deleteObject(cluster.store, route, parseBody(text || '{}'), isDryRun) };
  const change = method === 'PUT' ? () => parseBody(text) : patchOf(call);
  return {
    code: 200,
    body: changeObject(cluster.store, route, change, { isDryRun, isStatus: subresource === 'status' }),
  };
}

function list({ cluster, route, query }: Call): object {
  const { resource, namespace } = route;
  const [byLabel, byField] = [labelTest(query.get('labelSelector')), fieldTest(query.get('fieldSelector'))];
  const items = cluster.store.list(resource, namespace).filter((object) => byLabel(object) && byField(object));
  const metadata = { resourceVersion: String(cluster.store.version) };
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items };
}

function patchOf({ contentType, text }: Call): <Value extends object>(before: Value) => Value {
  const patch: unknown = parseBody(text);
  if (contentType.startsWith('application/json-patch+json')) return (before) => applyJsonPatch(before, patch);
  if (contentType.startsWith('application/merge-patch+json')) return (before) => applyMergePatch(before, patch);
  if (contentType.startsWith('application/strategic-merge-patch+json'))
    return (before) => applyStrategicPatch(before, patch);
  throw new ApiFailure(415, 'UnsupportedMediaType', `the body of the request was in an unknown format: ${contentType}`);
}

function evict({ cluster, route, text }: Call, isDryRun: boolean): object {
  const { deleteOptions = {} } = parseBody(text);
  const isDry = isDryRun || (deleteOptions.dryRun ?? []).includes('All');
  return evictPod(cluster.store, route.namespace, route.name, deleteOptions, isDry);
}

function review(user: User, text: string): Answer {
  const body = parseBody(text);
  const {
    verb = '',
    group = '',
    resource = '',
    subresource,
    namespace = '',
    name = '',
  } = body.spec?.resourceAttributes ?? {};
  const full = subresource ? `${resource}/${subresource}` : resource;
  const allowed = isAllowed(user, { verb, group, resource: full, namespace, name });
  return { code: 201, body: { ...body, status: { allowed } } };
}

function parseBody(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('the body of the request is no JSON');
  }
}

/** The body of a request, whole. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
