import type { ServerResponse } from 'node:http';
import type { Malformation } from './effect';
import { malformBody } from './malform-body';

/** Lets the application answer as usual and spoils the body on its way out; `truncated` also cuts the connection. */
export function malformResponse(response: ServerResponse, how: Malformation): void {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const chunks: Buffer[] = [];
  response.write = (...given: unknown[]) => {
    collect(chunks, given);
    return true;
  };
  response.end = (...given: unknown[]) => {
    collect(chunks, given);
    const body = Buffer.concat(chunks);
    response.write = write;
    response.end = end;
    if (how === 'truncated' && body.length > 0) return cutShort(response, body);
    return end(malformBody(body, how), 'utf8');
  };
}

/** Node accepts a chunk, an encoding and a callback, the last two optional. */
function collect(chunks: Buffer[], [chunk, encoding, callback]: unknown[]): void {
  if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8'));
  else if (ArrayBuffer.isView(chunk)) chunks.push(copyOf(chunk));
  for (const done of [chunk, encoding, callback]) if (typeof done === 'function') process.nextTick(done);
}

function copyOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(Buffer.from(buffer, byteOffset, byteLength));
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === 'string' && Buffer.isEncoding(value);
}

function cutShort(response: ServerResponse, body: Buffer): ServerResponse {
  if (!response.headersSent) response.setHeader('content-length', body.length);
  response.write(malformBody(body, 'truncated'), () => response.destroy());
  return response;
}
