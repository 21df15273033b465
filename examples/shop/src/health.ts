import { callJson } from './json-client';
import { ENDPOINTS, type Urls } from './run-directory';

/** Whether every service of the shop answers `GET /health` with 200 within a second. */
export async function areHealthy(urls: Urls): Promise<boolean> {
  const services = ENDPOINTS.filter((endpoint) => endpoint !== 'payment-control');
  const answers = await Promise.all(services.map((service) => isHealthy(urls[service])));
  return answers.every(Boolean);
}

async function isHealthy(url: string | undefined): Promise<boolean> {
  if (!url) return false;
  const call = { method: 'GET', url: `${url}/health`, timeoutMs: 1_000 } as const;
  return callJson(call).then(
    ({ status }) => status === 200,
    () => false,
  );
}
