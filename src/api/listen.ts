import type { FastifyInstance } from 'fastify';

/** Listens, on loopback and a free port unless told otherwise, and returns the base address that clients use. */
export async function listen(app: FastifyInstance, where: { host?: string; port?: number } = {}): Promise<string> {
  const address = await app.listen({ host: where.host ?? '127.0.0.1', port: where.port ?? 0 });
  return new URL(address).origin;
}
