import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { failureType } from '../src/domain/failure-type';

/** The sentence of an activity's own error rather than Temporal's wrapping of it. */
export function describeFailure(error: unknown): string {
  const cause = error instanceof ActivityFailure ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** Whether the target or a limit said no, which is an answer and not an error. */
export function isRefusal(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type === failureType.refused;
}
