import type { FastifyInstance } from 'fastify';
import type { Decision } from '../../domain/approval';
import { askGameday } from '../ask';
import { actorOf } from '../authenticate';
import { answer, bodyOf, errors, pathOf, reason, security } from '../schemas';
import type { RouteTools } from './route-tools';

type Word = Decision['decision'];
type Body = Pick<Decision, 'planHash' | 'targetsHash' | 'reason'>;

/** Approve and reject: by the owner of the token, on exactly this plan and these targets. */
export function decisionRoutes(app: FastifyInstance, tools: RouteTools): void {
  decide(app, tools, 'approve', 'approved');
  decide(app, tools, 'reject', 'rejected');
}

function decide(app: FastifyInstance, { parts, audit }: RouteTools, verb: 'approve' | 'reject', decision: Word): void {
  const schema = schemaOf(verb);
  app.post<{ Params: { id: string }; Body: Body }>(`/experiments/:id/${verb}`, { schema }, async (request) => {
    const [by, { id }, { planHash, targetsHash, reason: why }] = [actorOf(request), request.params, request.body];
    const decided: Decision = { decision, by, planHash, targetsHash, reason: why };
    await askGameday(`Could not ${verb} experiment ${id}`, () => parts.gameday.decide(id, decided));
    audit.record({ by: by.name, action: verb, subject: id, reason: why });
    return { experimentId: id, decision, by: by.name };
  });
}

function schemaOf(verb: string): object {
  const hash = { type: 'string', minLength: 1, maxLength: 200, description: 'As the experiment shows it' };
  return {
    summary: `${verb === 'approve' ? 'Approve' : 'Reject'} an experiment that waits for consent`,
    params: pathOf('id', 'The experiment'),
    body: bodyOf({ planHash: hash, targetsHash: hash, reason }),
    security,
    response: { 200: answer('The decision was taken'), ...errors(403, 404, 409, 503) },
  };
}
