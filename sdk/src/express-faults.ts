import type { IncomingMessage, ServerResponse } from 'node:http';
import { type KeyOf, faultAt } from './fault-at';
import type { FaultOutcome } from './fault-outcome';
import { malformResponse } from './malform-response';

/** Hands the request on, or an error instead of it. */
type Next = (error?: unknown) => void;

/** Makes a handler for Express, Connect and the like that puts the point in front of what follows it. */
export function expressFaults<Request extends IncomingMessage>(
  point: string,
  keyOf?: KeyOf<Request>,
): (request: Request, response: ServerResponse, next: Next) => void {
  return (request, response, next) => {
    const fault = faultAt(point, keyOf, request);
    if (fault === undefined) next();
    else void fault.then((outcome) => answerWith(outcome, response, next), next);
  };
}

function answerWith(outcome: FaultOutcome, response: ServerResponse, next: Next): void {
  switch (outcome.effect) {
    case 'error':
      return sendStatus(response, outcome.status, outcome.message);
    case 'rate-limit':
      response.setHeader('retry-after', outcome.retryAfterSeconds);
      return sendStatus(response, outcome.status, 'too many requests');
    case 'drop':
      response.destroy();
      return;
    case 'malformed':
      malformResponse(response, outcome.how);
      return next();
    case 'latency':
    case 'custom':
      return next();
  }
}

function sendStatus(response: ServerResponse, status: number, message: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ error: message }));
}
