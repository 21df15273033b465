import type { Person } from '../domain/person';
import { readTokenOwners, writeTokenOwners } from './people-file';
import { hashToken, makeToken } from './token';
import { refuseName, type TokenOwner } from './token-owner';

/** Gives a person a token and returns it, the only time it can be seen. Errors: a bad name, or one that has a token already. */
export async function addToken(peopleFile: string, person: Person, now: Date): Promise<string> {
  const hasOne = (owner: TokenOwner): boolean => owner.name === person.name && !owner.isLocal;
  refuseNames(person);
  if (readTokenOwners(peopleFile).some(hasOne)) throw new Error(alreadyHas(person.name));
  return append(peopleFile, person, now, false);
}

/** Gives this folder's owner a new token of the command line's own; the one before is worthless at once. */
export async function replaceLocalToken(peopleFile: string, person: Person, now: Date): Promise<string> {
  return append(peopleFile, person, now, true);
}

/** Makes every token of a person worthless at once; false when there was none. */
export async function removeToken(peopleFile: string, name: string): Promise<boolean> {
  const owners = readTokenOwners(peopleFile);
  const kept = owners.filter((owner) => owner.name !== name);
  if (kept.length === owners.length) return false;
  await writeTokenOwners(peopleFile, kept);
  return true;
}

async function append(peopleFile: string, { name, groups }: Person, now: Date, isLocal: boolean): Promise<string> {
  const token = makeToken();
  const kept = readTokenOwners(peopleFile).filter((owner) => !(isLocal && owner.isLocal));
  const owner: TokenOwner = {
    name,
    groups,
    tokenHash: hashToken(token),
    addedAt: now.toISOString(),
    ...(isLocal ? { isLocal } : {}),
  };
  await writeTokenOwners(peopleFile, [...kept, owner]);
  return token;
}

function refuseNames({ name, groups }: Person): void {
  const problem = refuseName('person', name) ?? groups.map((group) => refuseName('group', group)).find(Boolean);
  if (problem) throw new Error(`Could not add a token: ${problem}.`);
}

function alreadyHas(name: string): string {
  return `Could not add a token: ${name} has one already. Remove it first with "gameday token remove ${name}".`;
}
