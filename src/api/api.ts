import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { answerErrors, answerUnknownPath } from './answer-error';
import { auditTrail } from './audit-trail';
import { authenticate } from './authenticate';
import { createFeeds } from './events/feeds';
import { openApiOptions } from './open-api';
import type { ApiParts } from './parts';
import { routes } from './routes';
import { healthRoutes } from './routes/health';
import type { RouteTools } from './routes/route-tools';

/** Where all paths are, besides the aliases of health, metrics and openapi.json at the root. */
const apiPrefix = '/api/v1';

const bodyBytesMax = 1024 * 1024;

/** Makes the HTTP API; nothing listens yet. Closing it ends every stream and waits for the audit. */
export async function createApi(parts: ApiParts): Promise<FastifyInstance> {
  const tools: RouteTools = { parts, audit: auditTrail(parts), feeds: createFeeds(parts) };
  const app = fastify({
    bodyLimit: bodyBytesMax,
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
  });
  app.addHook('onRequest', authenticate(parts.people));
  app.setErrorHandler(answerErrors(parts));
  app.setNotFoundHandler(answerUnknownPath);
  app.addHook('preClose', () => tools.feeds.close());
  app.addHook('onClose', () => tools.audit.settled());
  await app.register(swagger, openApiOptions);
  await registerRoutes(app, tools);
  return app;
}

async function registerRoutes(app: FastifyInstance, tools: RouteTools): Promise<void> {
  await app.register(
    async (under) => {
      for (const route of routes) route(under, tools);
      healthRoutes(under, tools);
    },
    { prefix: apiPrefix },
  );
  await app.register(async (root) => healthRoutes(root, tools));
}
