import type { Environment } from '../domain/environment';
import { oneOf, show } from './finding';
import { didYouMean } from './nearest';
import type { Meaning } from './substitute';

/** Port: the address of a named endpoint at this moment, or why it is not known; no secret in either. */
export type EndpointReader = (name: string) => { address: string } | { reason: string; hint?: string | undefined };

/** Stands in where no real address is needed, such as for `gameday validate` while nothing runs. */
export const anyEndpoint: EndpointReader = (name) => ({ address: `http://${name}.invalid` });

const prefix = 'endpoints.';

/** What `${endpoints.x}` stands for; every other name is left as it is. */
export function endpointMeaning(environment: Environment | undefined, read: EndpointReader): (name: string) => Meaning {
  return (name) => {
    if (!name.startsWith(prefix)) return undefined;
    const endpoint = name.slice(prefix.length);
    if (environment && !Object.hasOwn(environment.endpoints, endpoint)) return unknownEndpoint(environment, endpoint);
    const found = read(endpoint);
    if ('address' in found) return { value: found.address };
    return { message: `expected the address of endpoint ${endpoint}, found none: ${found.reason}`, hint: found.hint };
  };
}

function unknownEndpoint(environment: Environment, endpoint: string): Meaning {
  const known = Object.keys(environment.endpoints);
  const message = `expected an endpoint of environment ${environment.name}, ${oneOf(known)}, found ${show(endpoint)}`;
  return { message, hint: didYouMean(endpoint, known) };
}

/** Names that are filled in later, by what reads them. */
export function isLaterName(name: string): boolean {
  return name.startsWith(prefix) || name.startsWith('request.');
}
