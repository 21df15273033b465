import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from './cli-error';

/** How a file is written. */
interface WriteOptions {
  /** Never overwrites. */
  isNew?: boolean;
  /** Makes the folders that lead to it. */
  inNewFolder?: boolean;
  /** What would help when this place will not do. */
  elsewhere?: string;
}

/** Writes a text for a person. Errors: `CliError` that says what is in the way, never the file system's own words. */
export async function writeTextFile(file: string, text: string, options: WriteOptions = {}): Promise<void> {
  try {
    if (options.inNewFolder) await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, options.isNew ? { flag: 'wx' } : {});
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    const { why, help } = causes[code] ?? { why: `the file system refused it${code && ` (${code})`}` };
    throw new CliError(`Could not write ${file}`, why, help ?? options.elsewhere ?? 'Name another file.');
  }
}

const causes: Record<string, { why: string; help?: string }> = {
  ENOENT: { why: 'its folder does not exist', help: 'Make the folder first, or name a file in one that exists.' },
  EACCES: { why: 'you have no permission to write there' },
  EPERM: { why: 'you have no permission to write there' },
  EROFS: { why: 'that disk can only be read' },
  EISDIR: { why: 'it is a folder', help: 'Name a file inside it.' },
  ENOTDIR: { why: 'the way there leads through something that is no folder' },
  EEXIST: { why: 'there is one already, and it is not overwritten' },
  ENOSPC: { why: 'the disk is full' },
  ENAMETOOLONG: { why: 'the name is too long' },
};
