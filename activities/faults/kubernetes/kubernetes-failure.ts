import { Refused } from '../refused';

/**
 * Why the API server did not do what it was asked: `unreachable`, no answer in time; `missing`, the object is not there;
 * `conflict`, it is not as the request took it to be; `refused`, it may not or cannot be done at all; `failed`, anything else.
 */
export type KubernetesFailureReason = 'unreachable' | 'missing' | 'conflict' | 'refused' | 'failed';

/** A request to an API server that was not granted; the message carries no credentials. */
export class KubernetesFailure extends Error {
  override readonly name = 'KubernetesFailure';

  constructor(
    readonly reason: KubernetesFailureReason,
    message: string,
  ) {
    super(message);
  }
}

/** Whether an error is a failure for this reason. */
export function isFailure(error: unknown, reason: KubernetesFailureReason): boolean {
  return error instanceof KubernetesFailure && error.reason === reason;
}

/** The answer, or Refused where asking again would get the same no. */
export async function finalWhenRefused<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof KubernetesFailure && error.reason === 'refused' ? new Refused(error.message) : error;
  }
}

const attemptsMax = 5;

/** Tries anew while somebody else's write came in between; `attempt` has to read anew each time. */
export async function againOnConflict<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (let left = attemptsMax - 1; ; left -= 1)
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !isFailure(error, 'conflict')) throw error;
    }
}

/** What changed under a rollback's hands is not final: the next attempt looks at it again. */
export async function laterWhenRefused<Value>(injectionId: string, asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (!isFailure(error, 'refused')) throw error;
    throw new Error(`cannot roll ${injectionId} back yet: ${String(error)}; it will be tried again`);
  }
}
