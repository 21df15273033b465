import type { Environment } from '../domain/environment';
import { mapReferences, type Reference } from '../scenario/text-or-reference';
import { resolveReference, UnresolvedReference, type ReferenceSource } from './reference-source';

/** What a signal's secret headers are resolved with: only references that the environment's own file holds. */
export interface SignalReferences {
  resolve(reference: Reference): string;
}

/**
 * Resolves the references of signals. Authors of scenarios choose both the reference and the address it is sent to, so
 * only what the platform team wrote into the environment's connections is revealed to them.
 */
export function signalReferences(environment: Environment, source: ReferenceSource): SignalReferences {
  const allowed = referencesIn(environment);
  return {
    resolve(reference) {
      if (allowed.has(JSON.stringify(reference))) return resolveReference(reference, environment.file, source);
      const hint = `add the same reference under connections in ${environment.file}`;
      throw new UnresolvedReference(`environment ${environment.name} does not offer this reference`, hint);
    },
  };
}

function referencesIn({ connections }: Environment): Set<string> {
  const found = new Set<string>();
  for (const connection of Object.values(connections))
    mapReferences(connection, (reference) => {
      found.add(JSON.stringify(reference));
      return null;
    });
  return found;
}
