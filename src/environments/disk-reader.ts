import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { FileReader } from '../scenario/scenario-file';

/** Reads from the disk, never more than it was asked for; looks before it opens, since opening a pipe waits. */
export const diskReader: FileReader = {
  look: (path) => {
    const found = statSync(path);
    return { isFile: found.isFile(), bytes: found.size };
  },
  read: (path, bytes) => {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(bytes, fstatSync(file).size));
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(file);
    }
  },
};
