import type { Environment } from '../domain/environment';
import type { EndpointReader } from '../scenario/endpoints';
import { hasPassword } from '../scenario/literal-secrets';
import { resolveReference, UnresolvedReference, type ReferenceSource } from './reference-source';

/** Reads an environment's endpoints at the moment they are asked for. */
export function endpointReader(environment: Environment, source: ReferenceSource): EndpointReader {
  return (name) => {
    const written = Object.hasOwn(environment.endpoints, name) ? environment.endpoints[name] : undefined;
    if (written === undefined) return { reason: `environment ${environment.name} has no such endpoint` };
    try {
      return address(typeof written === 'string' ? written : resolveReference(written, environment.file, source));
    } catch (error) {
      if (error instanceof UnresolvedReference) return { reason: error.message, hint: error.hint };
      throw error;
    }
  };
}

function address(text: string): ReturnType<EndpointReader> {
  if (!hasPassword(text)) return { address: text };
  return {
    reason: 'it carries a password, and endpoints are shown to people',
    hint: 'take the password out of the address',
  };
}
