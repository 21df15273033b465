import type { FastifyInstance } from 'fastify';
import type { AuditAnswer } from '../answers';
import { askStore } from '../ask';
import { answer, errors, limit, parametersOf, security } from '../schemas';
import type { RouteTools } from './route-tools';

/** Who approved, stopped, released or swept what, and why. */
export function auditRoutes(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const schema = {
    summary: 'List the acts of people, newest first',
    querystring: parametersOf({ limit }),
    security,
    response: { 200: answer('Acts of people'), ...errors(503) },
  };
  app.get<{ Querystring: { limit: number } }>('/audit', { schema }, async (request): Promise<AuditAnswer> => {
    await audit.settled();
    return {
      entries: await askStore(parts, 'Could not read the audit', (store) => store.listAudit(request.query.limit)),
    };
  });
}
