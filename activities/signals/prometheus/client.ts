import type { Agent } from 'node:http';
import { openConnections } from '../connections';
import { exchange, type Exchanged } from '../exchange';
import { requireHttpUrl } from '../http-url';
import type { PrometheusConnection } from './connection';

/** Below the time after which an observer takes a reading for lost. */
const timeoutMs = 2_000;
const answerBytesMax = 1_048_576;

/** Asks one Prometheus; never throws once opened. */
export interface PrometheusClient {
  /** An instant query, evaluated at an instant in ms. */
  ask(query: string, atMs: number, signal: AbortSignal): Promise<Exchanged>;
  /** Closes the connections; a later question opens one of its own. */
  close(): void;
}

/** Opens a client of the HTTP API, documented at prometheus.io/docs/prometheus/latest/querying/api. Errors: the url is none. */
export function openPrometheusClient(
  connection: PrometheusConnection,
  headers: Record<string, string>,
): PrometheusClient {
  const base = requireHttpUrl(connection.url, 'connections.prometheus.url');
  const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}/api/v1/query`);
  const connections: Agent = openConnections(url, connection.tls);
  const sent = { ...headers, ...identity(connection), 'content-type': 'application/x-www-form-urlencoded' };
  return {
    ask(query, atMs, signal) {
      const at = { time: (atMs / 1000).toFixed(3), timeout: `${timeoutMs}ms` };
      // Thanos answers with what it has unless told not to; Prometheus does not know the field and passes over it.
      const asked = { query, ...at, partial_response: 'false' };
      const body = new URLSearchParams(asked).toString();
      return exchange({
        ...{ url, method: 'POST', headers: sent, body, connections, signal, timeoutMs },
        keepBytesMax: answerBytesMax,
      });
    },
    close: () => connections.destroy(),
  };
}

function identity({ basic, bearer }: PrometheusConnection): Record<string, string> {
  if (bearer) return { authorization: `Bearer ${bearer.token}` };
  if (!basic) return {};
  return { authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}` };
}
