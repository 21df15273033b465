import type { FastifyInstance } from 'fastify';
import { judgeAgain } from '../../judge/judge-again';
import type { JudgementAnswer } from '../answers';
import { readStored } from '../read-stored';
import { answer, errors, parametersOf, pathOf, security } from '../schemas';
import type { RouteTools } from './route-tools';

interface Query {
  Params: { id: string };
  Querystring: { format: 'html' | 'json' };
}

const params = pathOf('id', 'The experiment');
const format = { type: 'string', enum: ['html', 'json'], default: 'html' };
const contentTypes = { html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8' };

/** Evidence rendered for a reader, and its verdict decided again. */
export function reportRoutes(app: FastifyInstance, tools: RouteTools): void {
  report(app, tools);
  judgement(app, tools);
}

function report(app: FastifyInstance, { parts }: RouteTools): void {
  const querystring = parametersOf({ format });
  const content = {
    'text/html': { schema: { type: 'string' } },
    'application/json': { schema: answer('The report as data') },
  };
  const response = { 200: { description: 'The report', content }, ...errors(404, 503) };
  const schema = { summary: 'Render the report', params, querystring, security, response };
  app.get<Query>('/experiments/:id/report', { schema }, async (request, reply) => {
    const stored = await readStored(parts, request.params.id);
    return reply.type(contentTypes[request.query.format]).send(parts.reports[request.query.format](stored));
  });
}

function judgement(app: FastifyInstance, { parts }: RouteTools): void {
  const response = { 200: answer('The stored verdict and the one decided now'), ...errors(404, 503) };
  const schema = { summary: 'Decide the verdict again from the store', params, security, response };
  app.get<{ Params: { id: string } }>(
    '/experiments/:id/judgement',
    { schema },
    async (request): Promise<JudgementAnswer> => {
      const { evidence, verdict, chunks } = await readStored(parts, request.params.id);
      return { experimentId: request.params.id, ...judgeAgain(evidence, chunks, verdict) };
    },
  );
}
