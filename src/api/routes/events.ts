import type { FastifyInstance } from 'fastify';
import { ApiError } from '../api-error';
import { answeredInTime } from '../ask';
import { streamFeed } from '../events/event-stream';
import { readExperiment } from '../read-experiment';
import type { ApiParts } from '../parts';
import { errors, pathOf, security } from '../schemas';
import type { RouteTools } from './route-tools';

const description =
  'Server-sent events: progress (on change), reading (a chunk of a series), verdict, end; unavailable and available when a part ' +
  'goes and comes back. Send Last-Event-ID to go on where a stream broke off; a reading may then come twice.';

/** An experiment as it happens. */
export function eventRoutes(app: FastifyInstance, { parts, feeds }: RouteTools): void {
  const content = { 'text/event-stream': { schema: { type: 'string' } } };
  const response = { 200: { description, content }, ...errors(404) };
  const schema = {
    summary: 'Follow an experiment',
    description,
    params: pathOf('id', 'The experiment'),
    security,
    response,
  };
  app.get<{ Params: { id: string } }>('/experiments/:id/events', { schema }, async (request, reply) => {
    await refuseUnknown(parts, request.params.id);
    const lastEventId = request.headers['last-event-id'];
    reply.hijack();
    streamFeed(feeds.open(request.params.id), reply.raw, typeof lastEventId === 'string' ? lastEventId : undefined);
  });
}

// Only a clear no ends it here: a part that is away is told as an event, and the stream goes on.
async function refuseUnknown(parts: ApiParts, experimentId: string): Promise<void> {
  const isOpen = await answeredInTime(parts.gameday.isOpen(experimentId)).catch(() => false);
  if (isOpen) return;
  try {
    await readExperiment(parts, experimentId);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) throw error;
  }
}
