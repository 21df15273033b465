/** The exception that an injected error raises; `status` and `statusCode` are the HTTP status it stands for. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly statusCode: number;

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.statusCode = status;
  }
}
