import type { FastifyInstance } from 'fastify';
import { apiPrefix } from './api';

/** Listens, on loopback and a free port unless told otherwise, and returns the base address that clients use. */
export async function listen(app: FastifyInstance, where: { host?: string; port?: number } = {}): Promise<string> {
  const address = await app.listen({ host: where.host ?? '127.0.0.1', port: where.port ?? 0 });
  return new URL(address).origin;
}

/** The address of a path of the API. */
export function addressOf(url: string, path: string): string {
  return `${url}${apiPrefix}${path}`;
}
