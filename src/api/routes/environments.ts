import type { FastifyInstance } from 'fastify';
import type { EnvironmentAnswer, HaltAnswer } from '../answers';
import { answeredInTime, askGameday } from '../ask';
import { actorOf } from '../authenticate';
import type { ApiParts } from '../parts';
import { answer, bodyOf, errors, pathOf, reason, security } from '../schemas';
import type { RouteTools } from './route-tools';

interface Named {
  Params: { name: string };
}

interface Reasoned extends Named {
  Body: { reason: string };
}

/** What an environment holds; halt and resume. */
export function environmentRoutes(app: FastifyInstance, tools: RouteTools): void {
  show(app, tools);
  halt(app, tools);
  resume(app, tools);
}

const params = pathOf('name', 'The environment');

function show(app: FastifyInstance, { parts }: RouteTools): void {
  const response = { 200: answer('Whether it is halted, and who holds its places'), ...errors(503) };
  const schema = { summary: 'Show an environment', params, security, response };
  app.get<Named>('/environments/:name', { schema }, async (request): Promise<EnvironmentAnswer> => {
    const { name } = request.params;
    const state = await askGameday(`Could not show environment ${name}`, () => parts.gameday.environment(name));
    return state ?? { name, experiments: [], injections: [] };
  });
}

function halt(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const response = { 200: answer('Halted; every open injection was told'), ...errors(503) };
  const schema = {
    summary: 'Halt an environment: roll back and admit nothing',
    params,
    body: bodyOf({ reason }),
    security,
    response,
  };
  app.post<Reasoned>('/environments/:name/halt', { schema }, async (request): Promise<HaltAnswer> => {
    const [by, { name }, { reason: why }] = [actorOf(request), request.params, request.body];
    const order = { by, reason: why, at: parts.now().toISOString() };
    const { injectionsTold } = await askGameday(`Could not halt environment ${name}`, () =>
      parts.gameday.halt(name, order),
    );
    audit.record({ by: by.name, action: 'halt', subject: name, reason: why });
    return { environment: name, injectionsTold, ...(await warnIfUnknown(parts, name)) };
  });
}

function resume(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const response = { 200: answer('Experiments are admitted again'), ...errors(404, 409, 503) };
  const schema = { summary: 'Resume a halted environment', params, body: bodyOf({ reason }), security, response };
  app.post<Reasoned>('/environments/:name/resume', { schema }, async (request) => {
    const [by, { name }, { reason: why }] = [actorOf(request), request.params, request.body];
    await askGameday(`Could not resume environment ${name}`, () => parts.gameday.resume(name, by));
    audit.record({ by: by.name, action: 'resume', subject: name, reason: why });
    return { environment: name, isHalted: false };
  });
}

// A halt is obeyed for any name, because stopping must not depend on files; a slip of the pen has to be told, though.
async function warnIfUnknown({ environments }: ApiParts, name: string): Promise<{ warning?: string }> {
  const names = await answeredInTime(environments.names(), 200).catch(() => [name]);
  if (names.includes(name)) return {};
  return { warning: `no environment file is called ${name}; there are: ${names.join(', ') || 'none'}` };
}
