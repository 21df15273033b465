import type { FastifyInstance } from 'fastify';
import { abortExperiment } from '../abort-experiment';
import { readExperiment } from '../read-experiment';
import { readExperiments } from '../read-experiments';
import { startExperiment } from '../start-experiment';
import type { PlanRequest } from '../parts';
import { answer, bodyOf, errors, limit, parametersOf, pathOf, reason, security } from '../schemas';
import { actorOf } from '../authenticate';
import type { RouteTools } from './route-tools';

/** Start, list, show, abort. */
export function experimentRoutes(app: FastifyInstance, tools: RouteTools): void {
  start(app, tools);
  list(app, tools);
  show(app, tools);
  abort(app, tools);
}

const startBody = bodyOf(
  {
    text: { type: 'string', description: 'The scenario as it was written' },
    file: { type: 'string', maxLength: 1000, description: 'The name by which problems point at it' },
    variables: { type: 'object', additionalProperties: true },
    isRehearsal: { type: 'boolean', default: false, description: 'Every fault replaced by the no-op' },
  },
  ['text'],
);

function start(app: FastifyInstance, tools: RouteTools): void {
  const responses = { 201: answer('Started'), ...errors(403, 409, 413, 422, 503) };
  const schema = { summary: 'Start an experiment or a rehearsal', body: startBody, security, response: responses };
  app.post<{ Body: PlanRequest }>('/experiments', { schema }, async (request, reply) => {
    const started = await startExperiment(tools, request.body, actorOf(request));
    return reply.code(201).send(started);
  });
}

function list(app: FastifyInstance, { parts }: RouteTools): void {
  const schema = {
    summary: 'List experiments, newest first',
    querystring: parametersOf({ limit }),
    security,
    response: { 200: answer('Stored experiments and the ids of open ones'), ...errors() },
  };
  app.get<{ Querystring: { limit: number } }>('/experiments', { schema }, (request) =>
    readExperiments(parts, request.query.limit),
  );
}

function show(app: FastifyInstance, { parts }: RouteTools): void {
  const schema = {
    summary: 'Show one experiment: its progress while it is open, its evidence and verdict afterwards',
    params: pathOf('id', 'The experiment'),
    security,
    response: { 200: answer('The experiment'), ...errors(404, 409, 503) },
  };
  app.get<{ Params: { id: string } }>('/experiments/:id', { schema }, (request) =>
    readExperiment(parts, request.params.id),
  );
}

function abort(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const schema = {
    summary: 'Abort an experiment; its faults are rolled back at once',
    params: pathOf('id', 'The experiment'),
    body: bodyOf({ reason }),
    security,
    response: {
      200: answer('It had ended before; nothing was to stop'),
      202: answer('The experiment and its injections were told'),
      ...errors(404, 409, 503),
    },
  };
  // Nothing may stand between the request and Temporal: no store, no await.
  app.post<{ Params: { id: string }; Body: { reason: string } }>(
    '/experiments/:id/abort',
    { schema },
    async (request, reply) => {
      const [by, { id }] = [actorOf(request), request.params];
      const stop = { kind: 'abort', by, reason: request.body.reason, at: parts.now().toISOString() } as const;
      const told = await abortExperiment(parts, id, stop);
      if (!told.isAborting) return told;
      audit.record({ by: by.name, action: 'abort', subject: id, reason: stop.reason });
      return reply.code(202).send(told);
    },
  );
}
