import { readFile } from 'node:fs/promises';

/** Returns at most the last `lengthMax` characters that a file holds after byte `start`, on one line; '' when it is missing. */
export async function tailFile(path: string, start: number, lengthMax: number): Promise<string> {
  const content = await readFile(path).catch(() => Buffer.alloc(0));
  return content.subarray(start).toString('utf8').replace(/\s+/g, ' ').trim().slice(-lengthMax);
}
