import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** What the generated OpenAPI document says besides the routes. */
export const openApiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Gameday',
      version: '1',
      description:
        'Chaos experiments and game days. A person is the owner of a bearer token; no body can name another actor.',
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  },
};
