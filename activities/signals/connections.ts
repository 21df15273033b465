import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Given back before the usual keep-alive limits of servers, so that one closing an idle connection is not read as a failure. */
const idleMax = 1000;

/** Whom a probe trusts and as whom it shows itself, in PEM. */
interface Certificates {
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
}

/** Connections of one probe's own: shared with nobody, never queued for, closed by `destroy`. */
export function openConnections(url: URL, certificates: Certificates = {}): HttpAgent {
  const options = { keepAlive: true, scheduling: 'lifo' as const, maxFreeSockets: 64, timeout: idleMax };
  return url.protocol === 'https:' ? new HttpsAgent({ ...certificates, ...options }) : new HttpAgent(options);
}
