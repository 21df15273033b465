import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// File systems tell time in steps, so that a second change within one step may look like the first.
const settledMs = 1_000;

/**
 * A text that differs whenever a file of the folder has come, gone or been written to; undefined when the folder cannot be
 * read or changed so lately that it may have changed again unnoticed. Costs one look per file and reads none.
 */
export function folderStamp(directory: string, nowMs: number): string | undefined {
  try {
    const names = readdirSync(directory).sort();
    const looks = names.map((name) => ({ name, ...statSync(join(directory, name), { bigint: true }) }));
    if (looks.some(({ mtimeMs, ctimeMs }) => Math.max(Number(mtimeMs), Number(ctimeMs)) > nowMs - settledMs))
      return undefined;
    return looks.map((one) => [one.name, one.ino, one.size, one.mtimeNs, one.ctimeNs].join('/')).join('\n');
  } catch {
    return undefined;
  }
}
