import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../domain/person';
import type { PeopleSource } from '../people/people-source';
import { ApiError } from './api-error';
import { sendProblem } from './answer-error';

declare module 'fastify' {
  interface FastifyRequest {
    /** The owner of the request's token; absent only where no token is asked for. */
    person?: Person;
  }
  interface FastifyContextConfig {
    /** True for the few paths that anybody may read. */
    isOpenToAll?: boolean;
  }
}

/** Lets a request in only with the token of a known person, loopback or not; unknown paths included. */
export function authenticate(people: PeopleSource) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const token = tokenOf(request.headers.authorization);
    const person = token === undefined ? undefined : people.ownerOf(token);
    if (person) request.person = person;
    if (person || request.routeOptions.config.isOpenToAll) return done();
    void sendProblem(reply.header('www-authenticate', 'Bearer'), unauthorized(request, token));
  };
}

/** The person who asks; nothing in a body can say otherwise. */
export function actorOf(request: FastifyRequest): Person {
  if (request.person) return request.person;
  throw new ApiError(401, 'Could not tell who asks', 'the request carries no known token', helpWithToken);
}

const helpWithToken =
  'Send "Authorization: Bearer <token>"; "gameday token add NAME --group G" makes one, GAMEDAY_TOKEN hands it to the command line.';

function tokenOf(header: string | undefined): string | undefined {
  return /^Bearer +([^\s]+) *$/i.exec(header ?? '')?.[1];
}

function unauthorized(request: FastifyRequest, token: string | undefined): ApiError {
  const why = token === undefined ? 'it carries no bearer token' : 'its token belongs to nobody here';
  return new ApiError(401, `Could not take ${request.method} ${request.url.split('?')[0] ?? ''}`, why, helpWithToken);
}
