/** An answer other than success, as the `Status` object that Kubernetes sends. */
export class ApiFailure extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly causes: { reason: string; message: string }[] = [],
  ) {
    super(message);
  }

  /** The body of the answer. */
  body(): object {
    const { code, reason, message, causes } = this;
    const details = causes.length > 0 ? { details: { causes } } : {};
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code, ...details };
  }
}

/** 404 for an object. */
export function notFound(plural: string, name: string): ApiFailure {
  return new ApiFailure(404, 'NotFound', `${plural} "${name}" not found`);
}

/** 409 for a write that was based on something else than what is there. */
export function conflict(plural: string, name: string, why: string): ApiFailure {
  return new ApiFailure(409, 'Conflict', `Operation cannot be fulfilled on ${plural} "${name}": ${why}`);
}

/** 422 for an object that may not be as it was sent. */
export function invalid(message: string): ApiFailure {
  return new ApiFailure(422, 'Invalid', message);
}

/** 400 for a request that cannot be understood. */
export function badRequest(message: string): ApiFailure {
  return new ApiFailure(400, 'BadRequest', message);
}
