import { ApiError } from './api-error';

/** A part of an answer, or why it is missing in plain words. */
export async function orTrouble<T>(promise: Promise<T[]>): Promise<{ values: T[]; troubles: string[] }> {
  try {
    return { values: await promise, troubles: [] };
  } catch (error) {
    if (error instanceof ApiError) return { values: [], troubles: [`${error.message}: ${error.why}`] };
    throw error;
  }
}
