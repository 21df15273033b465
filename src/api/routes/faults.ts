import type { FastifyInstance } from 'fastify';
import { answer, bodyOf, errors, parametersOf, security } from '../schemas';
import { actorOf } from '../authenticate';
import type { RouteTools } from './route-tools';

const environment = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description: 'Only this one; all of them otherwise',
};

/** What the target systems themselves say, and the removal of what should not be there. */
export function faultRoutes(app: FastifyInstance, tools: RouteTools): void {
  list(app, tools);
  sweep(app, tools);
}

function list(app: FastifyInstance, { parts }: RouteTools): void {
  const schema = {
    summary: 'List every fault of ours in the target systems',
    querystring: parametersOf({ environment }),
    security,
    response: { 200: answer('Faults, and systems that could not be asked'), ...errors(404) },
  };
  app.get<{ Querystring: { environment?: string } }>('/faults', { schema }, (request) =>
    parts.faults.list(request.query.environment),
  );
}

function sweep(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const schema = {
    summary: 'Remove faults that are overdue or whose experiment is gone',
    body: bodyOf({ environment }, []),
    security,
    response: { 200: answer('What was found and what became of it'), ...errors(404) },
  };
  app.post<{ Body: { environment?: string } }>('/sweep', { schema }, async (request) => {
    const swept = await parts.faults.sweep(request.body);
    const removed = swept.findings.filter((finding) => finding.outcome === 'removed').length;
    const subject = request.body.environment ?? 'all environments';
    audit.record({ by: actorOf(request).name, action: 'sweep', subject, reason: `${removed} removed` });
    return swept;
  });
}
