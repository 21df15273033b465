import { invalid, valid, type Parsed } from './problem';
import { bytesMax, tooLarge } from './text-bounds';

/** Port: how a file's bytes are read; throws what the file system throws. */
export interface FileReader {
  /** The kind and size of what is at a path, without reading it. */
  look(path: string): { isFile: boolean; bytes: number };
  /** At most `bytes` bytes from the beginning. */
  read(path: string, bytes: number): Uint8Array;
}

/** The text of a scenario or environment file; anything that is not a small UTF-8 text file is a problem. */
export function readScenarioFile(path: string, reader: FileReader): Parsed<string> {
  try {
    const { isFile, bytes } = reader.look(path);
    if (!isFile) return refuse(path, 'expected a file, found a directory or device');
    if (bytes > bytesMax) return refuse(path, tooLarge(bytes));
    return decodeText(reader.read(path, bytesMax), path);
  } catch (error) {
    return refuse(path, `expected a file that can be read, found ${explain(error)}`);
  }
}

function decodeText(bytes: Uint8Array, path: string): Parsed<string> {
  if (hasUtf16Mark(bytes)) return refuse(path, 'expected UTF-8, found UTF-16; save the file as UTF-8');
  try {
    return valid(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse(path, 'expected UTF-8 text, found bytes that are none');
  }
}

function hasUtf16Mark(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
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
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return causes[code] ?? `an error of the file system${code === '' ? '' : ` (${code})`}`;
}
