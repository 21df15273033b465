import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { Access, type Grant, type User } from './access';
import { ApiFailure } from './api-failure';
import { makeCertificate, type Certificate } from './certificate';
import { startControllers, type Delays } from './controllers';
import { ObjectStore } from './object-store';
import { resourceKinds } from './resource-kinds';
import { respond, textOf, type Cluster } from './respond';
import type { StoredObject } from './stored-object';
import { Trouble } from './trouble';
import { createObject } from './writes';

/** How a fake is started; all delays are short unless said otherwise. */
export interface FakeOptions {
  port?: number;
  /** The administrator's token; made up when missing. */
  token?: string;
  certificate?: Certificate;
  delays?: Partial<Delays>;
  bookmarkEveryMs?: number;
}

/** A running fake of a Kubernetes API server: records without anything behind them. */
export interface FakeKubernetes {
  url: string;
  port: number;
  /** PEM of the certificate to trust. */
  ca: string;
  /** May do everything. */
  token: string;
  store: ObjectStore;
  trouble: Trouble;
  /** Somebody who may do only what these grants say. */
  addUser(name: string, grants: Grant[]): User;
  /** Creates an object as the administrator would. */
  create(object: object): StoredObject;
  close(): Promise<void>;
}

const shortDelays: Delays = { observeMs: 1, replaceMs: 20, readyMs: 20, terminateMs: 50 };
const namespaces = ['default', 'kube-system'];

/** Starts the fake over HTTPS on the loopback. It is a fake: results obtained with it say nothing about traffic. */
export async function startFakeKubernetes(options: FakeOptions = {}): Promise<FakeKubernetes> {
  const certificate = options.certificate ?? (await makeCertificate());
  const [store, access, trouble] = [new ObjectStore(), new Access(), new Trouble()];
  const { token } = access.add('admin', undefined, options.token);
  const cluster: Cluster = { store, access, bookmarkEveryMs: options.bookmarkEveryMs ?? 1_000 };
  const stopControllers = startControllers(store, { ...shortDelays, ...options.delays });
  const server = createServer({ key: certificate.key, cert: certificate.ca }, (request, response) => {
    void handle(cluster, trouble, request, response);
  });
  // Longer than any caller keeps a connection, so that none is closed under a request.
  server.keepAliveTimeout = 600_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const create = (object: object) => createAs(store, JSON.parse(JSON.stringify(object)));
  for (const name of namespaces) create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return {
    ...{ url: `https://127.0.0.1:${port}`, port, ca: certificate.ca, token, store, trouble, create },
    addUser: (name, grants) => access.add(name, grants),
    async close() {
      stopControllers();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function createAs(store: ObjectStore, object: StoredObject): StoredObject {
  const resource = Object.values(resourceKinds).find(({ kind }) => kind === object.kind);
  if (resource === undefined) throw new Error(`the fake does not serve ${object.kind}`);
  const { name, namespace = '' } = object.metadata;
  return createObject(store, { resource, namespace, name }, object, false);
}

async function handle(
  cluster: Cluster,
  trouble: Trouble,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.url === '/fake/trouble') return await setTrouble(cluster, trouble, request, response);
    const text = await textOf(request);
    const { method = 'GET', url: path = '/', headers } = request;
    const isPassed = await trouble.pass({ method, path, contentType: headers['content-type'] ?? '', text });
    if (!isPassed) return void request.socket.destroy();
    const answer = await respond(cluster, request, text, response);
    if (answer !== undefined) send(response, answer.code, answer.body);
  } catch (error) {
    const failure = error instanceof ApiFailure ? error : new ApiFailure(500, 'InternalError', String(error));
    if (!response.headersSent) send(response, failure.code, failure.body());
  }
}

/** For whoever runs the fake as a process of its own: the one path that no API server has. */
async function setTrouble(
  cluster: Cluster,
  trouble: Trouble,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const user = cluster.access.userOf(request.headers.authorization);
  if (user.grants !== undefined) throw new ApiFailure(403, 'Forbidden', 'only the administrator makes trouble');
  trouble.set(JSON.parse(await textOf(request)));
  send(response, 200, { status: 'Success' });
}

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
