import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Draws a new token: 256 random bits behind a prefix by which leaked ones are recognised. */
export function makeToken(): string {
  return `gameday_${randomBytes(32).toString('base64url')}`;
}

/** The only form in which a token is kept: SHA-256, in hex. Tokens are random, so no salt or slow hash is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two hashes in a time that does not tell how much of them agrees. */
export function isSameHash(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left, 'hex'), Buffer.from(right, 'hex')];
  return one.length === other.length && one.length > 0 && timingSafeEqual(one, other);
}
