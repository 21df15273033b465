import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

const bytesMax = 64 * 1024;

/** The JSON of a request, or undefined without a body; rejects with a Refusal 400 or 413. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const text = (await readText(request)).trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'the body is not valid JSON');
  }
}

/** Listens instead of iterating, because leaving an iteration early would cut the connection before the answer. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else reject(new Refusal(413, `the body is larger than ${bytesMax} bytes`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Refusal(400, 'the request ended early')));
  });
}
