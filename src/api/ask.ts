import { GamedayError } from '../client/gameday';
import type { EvidenceStore } from '../domain/evidence-store';
import { ApiError } from './api-error';
import type { ApiParts } from './parts';

/** Nobody waits longer for a part that is away. */
export const answerWithinMs = 1_900;

/** Thrown when a part did not answer in time; what was asked may still happen. */
export class NoAnswer extends Error {}

/** Asks Temporal in the product's words; its no becomes the right status, its absence 503 in good time. */
export async function askGameday<T>(attempt: string, call: () => Promise<T>, withinMs = answerWithinMs): Promise<T> {
  try {
    return await answeredInTime(call(), withinMs);
  } catch (error) {
    throw error instanceof GamedayError ? refusalOf(attempt, error) : temporalAway(attempt, error);
  }
}

/** Asks the evidence store; its absence is 503 in good time. */
export async function askStore<T>(
  parts: Pick<ApiParts, 'store'>,
  attempt: string,
  call: (store: EvidenceStore) => Promise<T>,
): Promise<T> {
  try {
    return await answeredInTime(call(storeOf(parts)));
  } catch (error) {
    const help = 'Experiments and stop verbs work without it; try again when it is back.';
    throw new ApiError(503, attempt, `the evidence store cannot be reached (${messageOf(error)})`, help);
  }
}

/** The store, opened by whoever owns it. */
export function storeOf({ store }: Pick<ApiParts, 'store'>): EvidenceStore {
  return typeof store === 'function' ? store() : store;
}

/** Rejects with `NoAnswer` when the promise takes longer than `withinMs`. */
export async function answeredInTime<T>(promise: Promise<T>, withinMs = answerWithinMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer within ${withinMs} ms`)), withinMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The sentence of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const statuses: Record<GamedayError['code'], number> = {
  'not-found': 404,
  refused: 409,
  'already-exists': 409,
  'ended-otherwise': 409,
  'not-allowed': 403,
};

function refusalOf(attempt: string, error: GamedayError): ApiError {
  const help =
    error.code === 'not-found' ? '"gameday status" shows what is open.' : 'Look at it with "gameday status" first.';
  return new ApiError(statuses[error.code], attempt, error.message, help);
}

function temporalAway(attempt: string, error: unknown): ApiError {
  const why = `Temporal, or the worker that has to answer, cannot be reached (${messageOf(error)})`;
  const help =
    'See "gameday doctor". Faults expire by themselves; "gameday halt --direct" removes them without Temporal.';
  return new ApiError(503, attempt, why, help);
}
