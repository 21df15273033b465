import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Certificate } from '../fakes/kubernetes/certificate';

/** Something at the address of an API server, with a certificate that is trusted, that answers with the caller's own token. */
export interface HostileApiServer {
  url: string;
  close(): void;
}

/** Starts a server that puts the token of every request into its answer: status, message, headers and objects. */
export async function startHostileApiServer(code: number, { key, ca }: Certificate): Promise<HostileApiServer> {
  const server = createServer({ key, cert: ca }, (request, response) => {
    const said = request.headers.authorization ?? '';
    response.writeHead(code, {
      'content-type': 'application/json',
      location: `https://127.0.0.1:9/${encodeURIComponent(said)}`,
    });
    const failure = {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: said,
      message: `you sent ${said}`,
      code,
    };
    response.end(JSON.stringify(code === 200 ? { kind: said, metadata: { name: said, uid: said } } : failure));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `https://127.0.0.1:${port}`, close: () => void server.close().closeAllConnections() };
}
