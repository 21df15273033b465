import { statSync } from 'node:fs';
import type { Person } from '../domain/person';
import { peopleFileOf, readTokenOwners } from './people-file';
import { hashToken, isSameHash } from './token';
import type { TokenOwner } from './token-owner';

/** Port: who a token belongs to. Synchronous, so that an abort waits for nothing. */
export interface PeopleSource {
  /** The owner of a token, or undefined when it is nobody's. */
  ownerOf(token: string): Person | undefined;
}

/** Looks tokens up in the state directory's file, or the given one; a change there counts from the next request on. */
export function peopleIn(stateDir: string, file = peopleFileOf(stateDir)): PeopleSource {
  let known: { version: string; owners: TokenOwner[] } = { version: 'none', owners: [] };
  return {
    ownerOf(token) {
      const version = versionOf(file);
      if (version !== known.version) known = { version, owners: readTokenOwners(file) };
      return findOwner(known.owners, token);
    },
  };
}

/** Compares with every owner, so that the time taken does not tell which one was near. */
export function findOwner(owners: TokenOwner[], token: string): Person | undefined {
  const hash = hashToken(token);
  const [owner] = owners.filter((one) => isSameHash(one.tokenHash, hash));
  return owner && { name: owner.name, groups: [...owner.groups] };
}

function versionOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.ino}-${found.mtimeNs}-${found.size}` : 'none';
}
