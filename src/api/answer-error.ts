import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './api-error';
import type { ApiParts } from './parts';

/** Turns whatever was thrown into problem JSON; what we did not expect is logged and answered without its details. */
export function answerErrors(parts: Pick<ApiParts, 'log'>) {
  return (error: FastifyError | ApiError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known =
      error instanceof ApiError ? error : (asBadRequest(error, request) ?? asOurFault(error, request, parts));
    return sendProblem(reply, known);
  };
}

/** Sends an error as problem JSON. */
export function sendProblem(reply: FastifyReply, { status, message, why, help, problems }: ApiError): FastifyReply {
  const body = { error: message, why, help, ...(problems ? { problems } : {}) };
  return reply.code(status).type('application/problem+json').send(body);
}

/** The answer to a path that is not there. */
export function answerUnknownPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = new ApiError(
    404,
    describe(request),
    'there is no such path here',
    'See /api/v1/openapi.json for all of them.',
  );
  return sendProblem(reply, error);
}

function asBadRequest(error: FastifyError | Error, request: FastifyRequest): ApiError | undefined {
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === undefined || status < 400 || status >= 500) return undefined;
  return new ApiError(status, describe(request), explain(error), 'See /api/v1/openapi.json for what this path takes.');
}

function explain(error: FastifyError | Error): string {
  const [first] = 'validation' in error ? (error.validation ?? []) : [];
  const extra = first?.params['additionalProperty'];
  return extra === undefined ? error.message : `${error.message}: ${JSON.stringify(extra)}`;
}

function asOurFault(error: Error, request: FastifyRequest, { log }: Pick<ApiParts, 'log'>): ApiError {
  log(`${describe(request)}: ${error.stack ?? error.message}`);
  return new ApiError(
    500,
    describe(request),
    'something went wrong inside the server',
    'The log of the server says more.',
  );
}

function describe(request: FastifyRequest): string {
  return `Could not ${request.method} ${request.url.split('?')[0] ?? ''}`;
}
