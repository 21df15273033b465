import type { Problem } from '../scenario/problem';

/** A no that a caller can act on: an HTTP status, what was attempted (the message), why not, what would help. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    attempt: string,
    readonly why: string,
    readonly help: string,
    readonly problems?: Problem[],
  ) {
    super(attempt);
    this.name = 'ApiError';
  }
}
