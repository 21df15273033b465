import type { FastifyInstance } from 'fastify';
import type { InjectionsAnswer } from '../answers';
import { askGameday } from '../ask';
import { actorOf } from '../authenticate';
import { answer, bodyOf, errors, pathOf, reason, security } from '../schemas';
import type { RouteTools } from './route-tools';

/** Open injections, and the release of one whose rollback cannot succeed. */
export function injectionRoutes(app: FastifyInstance, tools: RouteTools): void {
  list(app, tools);
  release(app, tools);
}

function list(app: FastifyInstance, { parts }: RouteTools): void {
  const schema = {
    summary: 'List open injections',
    security,
    response: { 200: answer('Open injections'), ...errors(503) },
  };
  app.get('/injections', { schema }, async (): Promise<InjectionsAnswer> => {
    return { injections: await askGameday('Could not list open injections', () => parts.gameday.openInjections()) };
  });
}

function release(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const schema = {
    summary: 'Release an injection by hand; its fault may still be there',
    params: pathOf('id', 'The injection'),
    body: bodyOf({ reason }),
    security,
    response: { 200: answer('Released'), ...errors(403, 404, 409, 503) },
  };
  app.post<{ Params: { id: string }; Body: { reason: string } }>(
    '/injections/:id/release',
    { schema },
    async (request) => {
      const [by, { id }, { reason: why }] = [actorOf(request), request.params, request.body];
      await askGameday(`Could not release injection ${id}`, () => parts.gameday.release(id, by, why));
      audit.record({ by: by.name, action: 'release', subject: id, reason: why });
      return { injectionId: id, isReleased: true };
    },
  );
}
