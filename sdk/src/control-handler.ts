import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { bearerCheck } from './bearer';
import { type Answer, findRoute } from './control-routes';
import { readBody } from './read-body';
import { Refusal } from './refusal';

/** Makes the control's request listener: token first, then path, then body; every failure becomes a JSON answer. */
export function controlHandler(token: string): RequestListener {
  const isAuthorised = bearerCheck(token);
  return (request, response) => {
    response.on('error', () => undefined);
    const answer = isAuthorised(request.headers.authorization) ? act(request) : Promise.reject(unauthorised());
    answer.catch(asAnswer).then(
      (settled) => send(request, response, settled),
      () => response.destroy(),
    );
  };
}

async function act(request: IncomingMessage): Promise<Answer> {
  const run = findRoute(request.method ?? '', request.url ?? '');
  return run(await readBody(request));
}

function unauthorised(): Refusal {
  return new Refusal(401, 'send the control token as "Authorization: Bearer <token>"');
}

function asAnswer(problem: unknown): Answer {
  if (problem instanceof Refusal)
    return { status: problem.status, body: { error: problem.message, ...problem.details } };
  return {
    status: 500,
    body: { error: 'the fault control failed on this request; nothing was armed or activated by it' },
  };
}

function send(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  if (!request.complete) {
    response.setHeader('connection', 'close');
    request.resume();
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
