import type { Person } from '../domain/person';

/** A person with the hash of the one token that speaks for them. */
export interface TokenOwner extends Person {
  tokenHash: string;
  addedAt: string;
  /** The token that the command line of this folder uses by itself; its owner may have another one besides. */
  isLocal?: boolean;
}

const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,63}$/;

/** Why a person or group cannot be called this, in one sentence; undefined when it can. */
export function refuseName(kind: 'person' | 'group', name: string): string | undefined {
  if (namePattern.test(name)) return undefined;
  return `the name of a ${kind} is 1 to 64 letters, digits, dots, dashes, underscores or @; found ${JSON.stringify(name)}`;
}

/** Whether a value read from a file is a token owner. */
export function isTokenOwner(value: unknown): value is TokenOwner {
  if (typeof value !== 'object' || value === null) return false;
  const { name, groups, tokenHash, addedAt } = value as Partial<Record<keyof TokenOwner, unknown>>;
  return [name, tokenHash, addedAt].every((one) => typeof one === 'string') && isListOfTexts(groups);
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
