import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { invalid, valid, type Parsed } from './problem';
import { TextPosition } from './text-position';
import { bytesMax } from './yaml-bounds';

/** Port: how a file's bytes are read; throws what the file system throws. */
export interface FileReader {
  /** The kind and size of what is at a path, without reading it. */
  look(path: string): { isFile: boolean; bytes: number };
  /** At most `bytes` bytes from the beginning. */
  read(path: string, bytes: number): Uint8Array;
}

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

/** The text of a scenario or environment file; anything that is not a small UTF-8 text file is a problem. */
export function readScenarioFile(path: string, reader: FileReader = diskReader): Parsed<string> {
  try {
    const { isFile, bytes } = reader.look(path);
    if (!isFile) return refuse(path, 'expected a file, found a directory or device');
    if (bytes > bytesMax) return refuse(path, tooLarge(bytes));
    return decodeText(reader.read(path, bytesMax), path);
  } catch (error) {
    return refuse(path, `expected a file that can be read, found ${explain(error)}`);
  }
}

/** Checks a text that came another way, such as over HTTP, as strictly as a file. */
export function decodeText(bytes: Uint8Array, path: string): Parsed<string> {
  if (bytes.length > bytesMax) return refuse(path, tooLarge(bytes.length));
  if (hasUtf16Mark(bytes)) return refuse(path, 'expected UTF-8, found UTF-16; save the file as UTF-8');
  try {
    return plainText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), path);
  } catch {
    return refuse(path, 'expected UTF-8 text, found bytes that are none');
  }
}

function plainText(text: string, path: string): Parsed<string> {
  const at = text.search(controlCharacters);
  if (at === -1) return valid(text);
  const code = text.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase();
  const message = `expected text, found the control character U+${code}`;
  return invalid([{ file: path, ...new TextPosition(text).at(at), message }]);
}

// eslint's rule against control characters guards against typing errors; here they are what is looked for.
const controlCharacters = new RegExp('[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]');

function hasUtf16Mark(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function tooLarge(bytes: number): string {
  return `expected at most ${bytesMax} bytes, found ${bytes}`;
}

function refuse(file: string, message: string): Parsed<string> {
  return invalid([{ file, line: 1, column: 1, message }]);
}

const causes: Record<string, string> = {
  ENOENT: 'no file of that name',
  EACCES: 'one that you have no permission to read',
  EPERM: 'one that you have no permission to read',
  EISDIR: 'a directory',
  ENOTDIR: 'a path through something that is no directory',
  ELOOP: 'links that lead in a circle',
  ENAMETOOLONG: 'a name that is too long',
};

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return causes[code] ?? `an error of the file system${code === '' ? '' : ` (${code})`}`;
}
