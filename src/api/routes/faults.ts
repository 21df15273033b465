import type { FastifyInstance } from 'fastify';
import { answer, bodyOf, errors, parametersOf, security } from '../schemas';
import { ApiError } from '../api-error';
import { actorOf } from '../authenticate';
import { didYouMean } from '../../scenario/nearest';
import type { ApiParts } from '../parts';
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
  app.get<{ Querystring: { environment?: string } }>('/faults', { schema }, async (request) => {
    const { environment: name } = request.query;
    await refuseUnknown(parts, 'Could not list faults', name);
    return parts.faults.list(name);
  });
}

function sweep(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const schema = {
    summary: 'Remove faults that are overdue or whose experiment is gone',
    body: bodyOf({ environment }, []),
    security,
    response: { 200: answer('What was found and what became of it'), ...errors(404) },
  };
  app.post<{ Body: { environment?: string } }>('/sweep', { schema }, async (request) => {
    await refuseUnknown(parts, 'Could not sweep', request.body.environment);
    const swept = await parts.faults.sweep(request.body);
    const removed = swept.findings.filter((finding) => finding.outcome === 'removed').length;
    const subject = request.body.environment ?? 'all environments';
    audit.record({ by: actorOf(request).name, action: 'sweep', subject, reason: `${removed} removed` });
    return swept;
  });
}

// Nothing found in an environment that is not there would read as if nothing were wrong.
async function refuseUnknown({ environments }: ApiParts, attempt: string, name: string | undefined): Promise<void> {
  const names = await environments.names();
  if (name === undefined || names.includes(name)) return;
  const why = `no valid environment file is called ${name}; there are: ${names.join(', ') || 'none'}`;
  throw new ApiError(404, attempt, why, didYouMean(name, names) ?? 'Name one of these, or none for all of them.');
}
