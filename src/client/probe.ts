import { connect as connectPlainly, isIP, type Socket } from 'node:net';
import { connect as connectSafely, type ConnectionOptions } from 'node:tls';
import { z } from 'zod';
import { securityOf, type Cluster } from './cluster';

/** How far a bare connection to a cluster came, with the code of the error that ended it. */
export interface ProbeEnd {
  end: 'silent' | 'no-port' | 'unreadable' | 'wrong-name' | 'not-trusted' | 'no-tls' | 'refuses-us' | 'answers';
  code?: string;
}

const answerWithinMs = 2_000;
/** A server that refuses a client certificate says so right after the handshake (RFC 8446, section 4.4.2.4). */
const refusedWithinMs = 1_000;
const defaultPort = 7233;
const portMax = 65_535;

/** Connects once to where the cluster is, with TLS where it has it, and says what happens; sends nothing. */
export async function probe(cluster: Cluster): Promise<ProbeEnd> {
  const { host, port } = placeOf(cluster.address);
  if (port > portMax) return { end: 'no-port', code: `port ${port}` };
  if (securityOf(cluster) === 'no TLS') return watch(connectPlainly({ host, port }), 'connect');
  try {
    return await watch(connectSafely({ host, port, ...tlsOptions(cluster, host) }), 'secureConnect');
  } catch (error) {
    return { end: 'unreadable', ...codeOf(error) };
  }
}

function placeOf(address: string): { host: string; port: number } {
  const [host = '', port = String(defaultPort)] = address.replace(/^https?:\/\//, '').split(/:(?=\d+$)/);
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

function tlsOptions({ tls }: Cluster, host: string): ConnectionOptions {
  const { serverNameOverride, serverRootCACertificate, clientCertPair } = typeof tls === 'object' ? tls : {};
  const name = serverNameOverride ?? host;
  return {
    ALPNProtocols: ['h2'],
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(serverRootCACertificate === undefined ? {} : { ca: Buffer.from(serverRootCACertificate) }),
    ...(clientCertPair ? { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) } : {}),
  };
}

/** `ready` is when the connection stands; a server that does not want us ends it just after. */
function watch(socket: Socket, ready: 'connect' | 'secureConnect'): Promise<ProbeEnd> {
  let isReady = false;
  return new Promise<ProbeEnd>((settle) => {
    const silent = setTimeout(() => settle({ end: 'silent', code: 'no answer within 2 s' }), answerWithinMs);
    silent.unref();
    socket.once(ready, () => {
      isReady = true;
      clearTimeout(silent);
      setTimeout(() => settle({ end: 'answers' }), ready === 'connect' ? 0 : refusedWithinMs).unref();
    });
    socket.once('error', (error) => settle(isReady ? { end: 'refuses-us', ...codeOf(error) } : failureOf(error)));
    socket.once('close', () => settle({ end: isReady ? 'refuses-us' : 'silent' }));
    socket.resume();
  }).finally(() => socket.destroy());
}

const untrusted = /SELF_SIGNED|UNABLE_TO_|CERT_HAS_EXPIRED|CERT_NOT_YET|CERT_UNTRUSTED|INVALID_CA|CERT_SIGNATURE/;

function failureOf(error: unknown): ProbeEnd {
  const { code = '' } = codeOf(error);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { end: 'wrong-name', code };
  if (untrusted.test(code)) return { end: 'not-trusted', code };
  if (/WRONG_VERSION|PACKET_LENGTH|UNEXPECTED_MESSAGE/.test(code)) return { end: 'no-tls', code };
  if (/ALERT|ECONNRESET/.test(code)) return { end: 'refuses-us', code };
  return { end: 'silent', code };
}

const coded = z.object({ code: z.string() });

function codeOf(error: unknown): { code?: string } {
  const found = coded.safeParse(error);
  return found.success ? { code: found.data.code } : {};
}
