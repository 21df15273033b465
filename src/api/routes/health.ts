import type { FastifyInstance } from 'fastify';
import { answer, errors, security } from '../schemas';
import type { RouteTools } from './route-tools';

/** Whether the server answers (the one path without a token), what it counts, what it offers. */
export function healthRoutes(app: FastifyInstance, { parts }: Pick<RouteTools, 'parts'>): void {
  const health = { summary: 'Whether the server answers; needs no token', response: { 200: answer('It does') } };
  app.get('/health', { schema: health, config: { isOpenToAll: true } }, () => ({ status: 'ok', name: 'gameday' }));

  const metrics = { summary: "Metrics in Prometheus' text format", security, response: errors() };
  app.get('/metrics', { schema: metrics }, async (_request, reply) => {
    const { contentType, text } = await parts.metrics.render();
    return reply.type(contentType).send(text);
  });

  const openApi = { summary: 'This description', security, response: errors() };
  app.get('/openapi.json', { schema: openApi }, () => app.swagger());
}
