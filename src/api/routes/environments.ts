import type { FastifyInstance } from 'fastify';
import type { EnvironmentAnswer, HaltAnswer, ResumeAnswer } from '../answers';
import { ApiError } from '../api-error';
import { answeredInTime, askGameday } from '../ask';
import { actorOf } from '../authenticate';
import { findSlip } from '../find-slip';
import type { ApiParts } from '../parts';
import { readEnvironment, readEnvironments } from '../read-environments';
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
  list(app, tools);
  show(app, tools);
  halt(app, tools);
  resume(app, tools);
}

const params = pathOf('name', 'The environment');

function list(app: FastifyInstance, { parts }: RouteTools): void {
  const response = { 200: answer('Each with its halt and the holders of its places'), ...errors() };
  const schema = {
    summary: 'List the environments that have a file, and those without one that are halted',
    security,
    response,
  };
  app.get('/environments', { schema }, () => readEnvironments(parts));
}

function show(app: FastifyInstance, { parts }: RouteTools): void {
  const response = { 200: answer('Whether it is halted, and who holds its places'), ...errors(503) };
  const schema = { summary: 'Show an environment', params, security, response };
  app.get<Named>('/environments/:name', { schema }, async (request): Promise<EnvironmentAnswer> => {
    return readEnvironment(parts, request.params.name);
  });
}

function halt(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const response = { 200: answer('Halted; every open injection was told'), ...errors(404, 503) };
  const schema = {
    summary: 'Halt an environment: roll back and admit nothing',
    params,
    body: bodyOf({ reason }),
    security,
    response,
  };
  app.post<Reasoned>('/environments/:name/halt', { schema }, async (request): Promise<HaltAnswer> => {
    const [by, { name }, { reason: why }] = [actorOf(request), request.params, request.body];
    const attempt = `Could not halt environment ${name}`;
    await refuseSlip(parts, attempt, name);
    const order = { by, reason: why, at: parts.now().toISOString() };
    const { injectionsTold } = await askGameday(attempt, () => parts.gameday.halt(name, order));
    audit.record({ by: by.name, action: 'halt', subject: name, reason: why });
    return { environment: name, injectionsTold, ...(await warnIfUnknown(parts, name)) };
  });
}

function resume(app: FastifyInstance, { parts, audit }: RouteTools): void {
  const response = { 200: answer('Experiments are admitted again'), ...errors(404, 409, 503) };
  const schema = { summary: 'Resume a halted environment', params, body: bodyOf({ reason }), security, response };
  app.post<Reasoned>('/environments/:name/resume', { schema }, async (request): Promise<ResumeAnswer> => {
    const [by, { name }, { reason: why }] = [actorOf(request), request.params, request.body];
    const attempt = `Could not resume environment ${name}`;
    await refuseSlip(parts, attempt, name);
    if (await isSurelyAdmitting(parts, name))
      return { environment: name, isHalted: false, wasKnown: true, wasHalted: false };
    const wasKnown = await askGameday(attempt, () => parts.gameday.resume(name, by)).then(() => true, falseIfAbsent);
    if (wasKnown) audit.record({ by: by.name, action: 'resume', subject: name, reason: why });
    return { environment: name, isHalted: false, wasKnown };
  });
}

// Certain only when the environment itself says so; whatever cannot be asked is resumed.
async function isSurelyAdmitting({ gameday }: ApiParts, name: string): Promise<boolean> {
  const state = await answeredInTime(gameday.environment(name), 1_000).catch(() => undefined);
  return state !== undefined && state.halted === undefined;
}

// An environment with a file in which nothing ever ran has no workflow and cannot be halted.
function falseIfAbsent(error: unknown): false {
  if (error instanceof ApiError && error.status === 404) return false;
  throw error;
}

// Whoever halts a name that seems to be wrong is told so, and obeyed whenever that is not certain.
async function refuseSlip({ environments, gameday }: ApiParts, attempt: string, name: string): Promise<void> {
  const slip = await findSlip(name, environments, (one) => gameday.environment(one));
  if (slip) throw new ApiError(404, attempt, slip.why, slip.help);
}

async function warnIfUnknown({ environments }: ApiParts, name: string): Promise<{ warning?: string }> {
  const names = await answeredInTime(environments.names(), 200).catch(() => [name]);
  if (names.includes(name)) return {};
  return { warning: `no valid environment file is called ${name}; there are: ${names.join(', ') || 'none'}` };
}
