import type { IncomingMessage, ServerResponse } from 'node:http';
import { type KeyOf, faultAt } from './fault-at';
import type { FaultOutcome } from './fault-outcome';
import { malformResponse } from './malform-response';

/** What the hook needs of a Fastify request. */
interface RequestLike {
  raw: IncomingMessage;
}

/** What the hook needs of a Fastify reply. */
interface ReplyLike {
  raw: ServerResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: unknown): unknown;
  hijack(): unknown;
}

/** Hands the request on, or an error instead of it. */
type Done = (error?: Error) => void;

/** Makes an `onRequest` hook for Fastify that puts the point in front of the routes it covers. */
export function fastifyFaults<Request extends RequestLike>(
  point: string,
  keyOf?: KeyOf<Request>,
): (request: Request, reply: ReplyLike, done: Done) => void {
  return (request, reply, done) => {
    const fault = faultAt(point, keyOf, request);
    if (fault === undefined) done();
    else void fault.then((outcome) => answerWith(outcome, reply, done), done);
  };
}

function answerWith(outcome: FaultOutcome, reply: ReplyLike, done: Done): void {
  switch (outcome.effect) {
    case 'error':
      return sendStatus(reply, outcome.status, outcome.message);
    case 'rate-limit':
      reply.header('retry-after', `${outcome.retryAfterSeconds}`);
      return sendStatus(reply, outcome.status, 'too many requests');
    case 'drop':
      reply.hijack();
      reply.raw.destroy();
      return;
    case 'malformed':
      malformResponse(reply.raw, outcome.how);
      return done();
    case 'latency':
    case 'custom':
      return done();
  }
}

function sendStatus(reply: ReplyLike, status: number, message: string): void {
  reply.code(status);
  reply.send({ error: message });
}
