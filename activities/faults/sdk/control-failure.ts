/**
 * Why a fault control did not do what it was asked: `unreachable`, no answer; `refused`, it said no for good; `gone`, the
 * rule is over and cannot come back; `failed`, anything else.
 */
export type ControlFailureReason = 'unreachable' | 'refused' | 'gone' | 'failed';

/** A request to a fault control that was not granted; the message never carries the token. */
export class ControlFailure extends Error {
  override readonly name = 'ControlFailure';

  constructor(
    readonly reason: ControlFailureReason,
    message: string,
  ) {
    super(message);
  }
}

/** Whether an error says that no answer came at all. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ControlFailure && error.reason === 'unreachable';
}
