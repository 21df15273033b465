import type { Malformation } from './effect';
import { malformBody } from './malform-body';

/** A copy of a fetched response whose body is spoilt; one without a body is given back as it came. */
export async function malformFetched(response: Response, how: Malformation): Promise<Response> {
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  const spoilt = malformBody(Buffer.from(await response.arrayBuffer()), how);
  return new Response(how === 'truncated' ? brokenOff(spoilt) : spoilt, { status, statusText, headers });
}

/** A body that begins and then fails, as one does whose connection is lost midway. */
function brokenOff(start: Buffer): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(start),
    pull: (controller) => controller.error(new TypeError('terminated')),
  });
}
