import { createHash, timingSafeEqual } from 'node:crypto';

/** Makes the check of an Authorization header against one token; how long it takes says nothing about the token. */
export function bearerCheck(token: string): (header: string | undefined) => boolean {
  const wanted = digest(`Bearer ${token}`);
  return (header) => timingSafeEqual(digest(header ?? ''), wanted);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
