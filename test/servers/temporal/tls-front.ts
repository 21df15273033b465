import { once } from 'node:events';
import {
  connect,
  constants,
  createSecureServer,
  type ClientHttp2Session,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificates } from '../../client/certificates';

/**
 * Mutual TLS in front of a Temporal that has none, as an ingress does it: lets in only who shows a certificate of the
 * authority, hands calls on one by one (HTTP/2, RFC 9113), and may deny some of them by gRPC path.
 */
export class TlsFront {
  /** Calls that are answered with PERMISSION_DENIED, by the end of their path. */
  readonly denied = new Set<string>();
  /** The calls that were denied. */
  readonly denials: string[] = [];
  /** Names in the certificates of those who were let in. */
  readonly guests = new Set<string>();
  private readonly sessions = new Set<ServerHttp2Session>();

  private constructor(
    private readonly server: Http2SecureServer,
    private readonly behind: ClientHttp2Session,
  ) {
    server.on('session', (session: ServerHttp2Session) => this.welcome(session));
    server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => this.handOn(stream, headers));
  }

  /** Listens on a free port, in front of the server at `address`. */
  static async open(address: string, { authority, server: own }: Certificates): Promise<TlsFront> {
    const trust = { ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    const server = createSecureServer({ ...trust, cert: own.cert, key: own.private });
    const front = new TlsFront(server, connect(`http://${address}`));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return front;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    for (const session of this.sessions) session.destroy();
    this.behind.destroy();
  }

  private welcome(session: ServerHttp2Session): void {
    this.sessions.add(session);
    session.on('error', () => undefined);
    session.once('close', () => this.sessions.delete(session));
    const { socket } = session;
    if (socket instanceof TLSSocket && socket.authorized)
      this.guests.add(String(socket.getPeerCertificate().subject.CN));
  }

  private handOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const path = String(headers[':path']);
    stream.on('error', () => undefined);
    if ([...this.denied].some((end) => path.endsWith(end))) return this.deny(stream, path);
    pass(stream, headers, this.behind);
  }

  private deny(stream: ServerHttp2Stream, path: string): void {
    this.denials.push(path);
    const no = { 'grpc-status': '7', 'grpc-message': 'Request unauthorized.' };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...no }, { endStream: true });
  }
}

function pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, behind: ClientHttp2Session): void {
  const call = behind.request(headers);
  let trailers: IncomingHttpHeaders = {};
  call.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  call.on('trailers', (last: IncomingHttpHeaders) => (trailers = last));
  call.on('response', (first: IncomingHttpHeaders, flags: number) => {
    if (stream.destroyed) return call.close(constants.NGHTTP2_CANCEL);
    const isWhole = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(first, isWhole ? { endStream: true } : { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    if (!isWhole) call.pipe(stream);
  });
  stream.on('aborted', () => call.close(constants.NGHTTP2_CANCEL));
  stream.pipe(call);
}
