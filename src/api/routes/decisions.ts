import type { FastifyInstance } from 'fastify';
import type { Decision } from '../../domain/approval';
import { ApiError } from '../api-error';
import { answeredInTime, askGameday } from '../ask';
import { actorOf } from '../authenticate';
import { helpWithDecision } from '../help-with-decision';
import type { ApiParts } from '../parts';
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
    await decideOn(parts, `Could not ${verb} experiment ${id}`, id, decided);
    audit.recordOnce({ by: by.name, action: verb, subject: id, reason: why });
    return { experimentId: id, decision, by: by.name };
  });
}

// A person who decides waits longer than one who stops: a worker that starts anew takes some seconds to answer.
const decidedWithinMs = 10_000;

async function decideOn({ gameday }: ApiParts, attempt: string, id: string, decided: Decision): Promise<void> {
  try {
    await askGameday(attempt, () => gameday.decide(id, decided), decidedWithinMs);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    const progress = await answeredInTime(gameday.progress(id)).catch(() => undefined);
    throw new ApiError(409, attempt, error.why, helpWithDecision(id, decided, progress));
  }
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
