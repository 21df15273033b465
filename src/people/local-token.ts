import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { openStateDir } from '../embedded/state-dir';
import { replaceFile } from '../embedded/replace-file';
import { replaceLocalToken } from './manage-tokens';
import { peopleFileOf, readTokenOwners } from './people-file';
import { findOwner } from './people-source';
import { refuseName } from './token-owner';

/** The group of whoever started the embedded everything. */
const localOwnerGroup = 'owner';

/** Where the local owner's token is kept for the command line (mode 0600). */
export function localTokenFileOf(stateDir: string): string {
  return join(stateDir, 'token');
}

/** The local owner's token as the command line finds it; undefined when there is none. */
export function readLocalToken(stateDir: string): string | undefined {
  try {
    return readFileSync(localTokenFileOf(stateDir), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Returns the local owner's token, and makes owner and token first when they are missing or do not belong together. */
export async function ensureLocalToken(
  stateDir: string,
  now = new Date(),
  peopleFile = peopleFileOf(stateDir),
): Promise<string> {
  const kept = readLocalToken(stateDir);
  if (kept && findOwner(readTokenOwners(peopleFile), kept)) return kept;
  await openStateDir(stateDir);
  const token = await replaceLocalToken(peopleFile, { name: localOwnerName(), groups: [localOwnerGroup] }, now);
  await replaceFile(localTokenFileOf(stateDir), `${token}\n`);
  return token;
}

/** The name of the operating system's user, which nobody can pick on the command line. */
export function localOwnerName(): string {
  const name = readUserName();
  return refuseName('person', name) ? 'owner' : name;
}

function readUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'owner';
  }
}
