import type { ServerResponse } from 'node:http';
import { ApiFailure } from './api-failure';
import type { ObjectStore, StoreEvent } from './object-store';
import { apiVersionOf, type ResourceKind } from './resource-kinds';
import { fieldTest, labelTest } from './selectors';
import type { StoredObject } from './stored-object';

/** What a watch asks for. */
export interface WatchRequest {
  resource: ResourceKind;
  namespace: string;
  query: URLSearchParams;
  bookmarkEveryMs: number;
}

/** Streams changes as lines of JSON until the time-out, the client or the server ends it. */
export function streamWatch(store: ObjectStore, request: WatchRequest, response: ServerResponse): void {
  const { resource, namespace, query, bookmarkEveryMs } = request;
  const isChosen = testOf(request);
  // Between its end and its close a stream that has timed out still hears of changes.
  const send = (type: string, object: object) => {
    if (!response.writableEnded) response.write(`${JSON.stringify({ type, object })}\n`);
  };
  const pass = (event: StoreEvent) => {
    const isHere = event.resource === resource && ['', event.object.metadata.namespace].includes(namespace);
    const type = isHere ? typeFor(event, isChosen) : undefined;
    if (type !== undefined) send(type, event.object);
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  const since = sinceOf(query);
  if (since === undefined) for (const object of store.list(resource, namespace).filter(isChosen)) send('ADDED', object);
  else if (since < (store.history[0]?.version ?? 0) - 1) return void endAsTooOld(send, response);
  else for (const event of store.history) if (event.version > since) pass(event);
  const stop = store.listen(pass);
  const bookmark = () => send('BOOKMARK', bookmarkAt(store, resource));
  const timers = [
    ...(query.get('allowWatchBookmarks') === 'true' ? [setInterval(bookmark, bookmarkEveryMs)] : []),
    setTimeout(() => response.end(), Number(query.get('timeoutSeconds') ?? 3_600) * 1_000),
  ];
  response.flushHeaders();
  response.on('close', () => {
    stop();
    for (const timer of timers) clearTimeout(timer);
  });
}

function testOf({ query }: WatchRequest): (object: StoredObject) => boolean {
  const [byLabel, byField] = [labelTest(query.get('labelSelector')), fieldTest(query.get('fieldSelector'))];
  return (object) => byLabel(object) && byField(object);
}

/** Undefined: from now on, beginning with all that is there. */
function sinceOf(query: URLSearchParams): number | undefined {
  const version = query.get('resourceVersion') ?? '';
  return version === '' || version === '0' ? undefined : Number(version);
}

/** An object that begins or ceases to fit a selector appears as added or deleted. */
function typeFor(
  { type, object, before }: StoreEvent,
  isChosen: (object: StoredObject) => boolean,
): string | undefined {
  const [wasChosen, isStillChosen] = [before !== undefined && isChosen(before), isChosen(object)];
  if (type === 'DELETED') return wasChosen || isStillChosen ? 'DELETED' : undefined;
  if (isStillChosen) return wasChosen ? 'MODIFIED' : 'ADDED';
  return wasChosen ? 'DELETED' : undefined;
}

function bookmarkAt(store: ObjectStore, resource: ResourceKind): object {
  const metadata = { resourceVersion: String(store.version), creationTimestamp: null };
  return { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata };
}

function endAsTooOld(send: (type: string, object: object) => void, response: ServerResponse): void {
  send('ERROR', new ApiFailure(410, 'Expired', 'too old resource version').body());
  response.end();
}
