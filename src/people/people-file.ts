import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../embedded/replace-file';
import { isTokenOwner, type TokenOwner } from './token-owner';

/** Where the owners of tokens are kept unless told otherwise (mode 0600, hashes only). */
export function peopleFileOf(stateDir: string): string {
  return join(stateDir, 'people.json');
}

/** Reads the owners; none when the file is missing. Errors: a file that is not what we wrote, with what would help. */
export function readTokenOwners(file: string): TokenOwner[] {
  const text = readText(file);
  if (text === undefined) return [];
  const owners = parse(text);
  if (owners) return owners;
  throw new Error(
    `Could not read the people in ${file}: it is not a list of token owners. Restore it, or remove it and add the tokens again.`,
  );
}

/** Replaces the whole list in one step. */
export async function writeTokenOwners(file: string, owners: TokenOwner[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await replaceFile(file, `${JSON.stringify(owners, null, 2)}\n`);
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function parse(text: string): TokenOwner[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isTokenOwner) ? value : undefined;
  } catch {
    return undefined;
  }
}
