/** Why a request got no answer. */
export type ConnectionFailure =
  'timeout' | 'refused' | 'reset' | 'unresolved' | 'unreachable' | 'untrusted' | 'too-large' | 'stopped' | 'failed';

const byCode: Record<string, ConnectionFailure> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'stopped',
};

const words: Record<ConnectionFailure, string> = {
  timeout: 'timed out',
  refused: 'the connection was refused',
  reset: 'the connection was reset before the answer was complete',
  unresolved: 'the host name was not found',
  unreachable: 'the host could not be reached',
  untrusted: 'the certificate was not accepted',
  'too-large': 'the answer was too large',
  stopped: 'it was stopped',
  failed: 'the request failed',
};

/** Names an error of Node's sockets; the error's own text is dropped, since it may carry what nobody should read. */
export function connectionFailureOf(error: unknown): ConnectionFailure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return byCode[code] ?? (/CERT|TLS|SSL|SIGNATURE/.test(code) ? 'untrusted' : 'failed');
}

/** A failure in plain words. */
export function describeFailure(failure: ConnectionFailure): string {
  return words[failure];
}
