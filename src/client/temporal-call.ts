import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import {
  ActivityFailure,
  ApplicationFailure,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/common';
import { GamedayError } from './gameday';

/** Every call to Temporal but a wait is given up after this long. */
const callTimeoutMs = 2_000;

/** Makes one call with a deadline; Temporal's own noes become ours, everything else passes through. */
export async function call<Value>(client: Client, what: string, make: () => Promise<Value>): Promise<Value> {
  try {
    return await client.withDeadline(Date.now() + callTimeoutMs, make);
  } catch (error) {
    throw translate(what, error);
  }
}

/** Temporal's no in our words; an error that is no answer stays what it is. */
export function translate(what: string, error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError)
    return new GamedayError('not-found', `${what}: there is no such workflow, or it has ended`);
  if (error instanceof WorkflowExecutionAlreadyStartedError)
    return new GamedayError('already-exists', `${what}: it was started before`);
  if (error instanceof WorkflowUpdateFailedError) return new GamedayError('refused', reasonOf(error));
  if (error instanceof WorkflowFailedError) return new GamedayError('ended-otherwise', `${what}: ${reasonOf(error)}`);
  return error;
}

function reasonOf(error: WorkflowUpdateFailedError | WorkflowFailedError): string {
  const cause = error.cause instanceof ActivityFailure ? (error.cause.cause ?? error.cause) : error.cause;
  if (cause instanceof ApplicationFailure) return cause.message;
  return cause instanceof Error ? cause.message : error.message;
}
