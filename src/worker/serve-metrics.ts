import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../metrics/metrics';

/** Serves a process's metrics at `/metrics`, on loopback and a free port unless told otherwise; the SDK's own follow ours where it has any. */
export async function serveMetrics(
  metrics: Metrics,
  { host = '127.0.0.1', port = 0 }: { host?: string | undefined; port?: number | undefined },
  sdkAddress?: string,
): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end('there is only /metrics here\n');
    void renderAll(metrics, sdkAddress).then(({ contentType, text }) =>
      response.writeHead(200, { 'content-type': contentType }).end(text),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.unref();
  const { port: actual } = server.address() as AddressInfo;
  return { url: `http://${host}:${actual}/metrics`, close: () => void server.close() };
}

/** Ours, then what the Temporal SDK counts; the SDK not answering takes nothing away from ours. */
export async function renderAll(
  metrics: Pick<Metrics, 'render'>,
  sdkAddress?: string,
): Promise<{ contentType: string; text: string }> {
  const ours = await metrics.render();
  if (sdkAddress === undefined) return ours;
  const theirs = await fetch(`http://${sdkAddress}/metrics`, { signal: AbortSignal.timeout(1_000) })
    .then((answer) => answer.text())
    .catch(() => '');
  return { ...ours, text: `${ours.text}\n${theirs}` };
}
