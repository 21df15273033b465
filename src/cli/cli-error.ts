import type { Problem } from '../scenario/problem';

/** Usage and scenario errors, and whatever could not be done. */
export const usageExitCode = 2;

/** What a person reads when something could not be done: what was attempted (the message), why not, what would help. */
export class CliError extends Error {
  readonly exitCode = usageExitCode;

  constructor(
    attempt: string,
    readonly why: string,
    readonly help: string,
    readonly problems: Problem[] = [],
  ) {
    super(attempt);
    this.name = 'CliError';
  }
}

/** The API, or Temporal behind it, does not answer: a stop verb may have another way. */
export class NotReachable extends CliError {}

/** The API answered no, with its HTTP status. */
export class ApiRefusal extends CliError {
  constructor(
    readonly status: number,
    ...told: ConstructorParameters<typeof CliError>
  ) {
    super(...told);
  }
}
