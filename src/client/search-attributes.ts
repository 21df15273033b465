import { setTimeout as sleep } from 'node:timers/promises';
import { grpcCode, type GrpcCode } from './grpc-code';
import { searchAttributeNames } from './search-attribute-names';
import type { AttributeServer } from './search-attribute-server';

/** A namespace with several hosts knows a new attribute everywhere only after a moment. */
const knownWithinMs = 15_000;
const lookEveryMs = 100;

/** Those of our search attributes that the namespace lacks; errors of the connection pass through. */
export async function missingAttributes(server: AttributeServer): Promise<string[]> {
  if (await server.knows(searchAttributeNames)) return [];
  const known = await Promise.all(searchAttributeNames.map((name) => server.knows([name])));
  return searchAttributeNames.filter((_, index) => !known[index]);
}

/**
 * Makes sure that the namespace has our search attributes and resolves true; where it has not and they may not be
 * registered, says so once and resolves false: experiments then run without them.
 */
export async function readySearchAttributes(
  server: AttributeServer,
  log: (line: string) => void,
  withinMs = knownWithinMs,
): Promise<boolean> {
  try {
    const missing = await missingAttributes(server);
    if (missing.length === 0) return true;
    await register(server, missing, withinMs);
    log(`Registered the search attributes ${missing.join(', ')} in namespace ${server.namespace}.`);
    return true;
  } catch (error) {
    log(withoutThem(server.namespace, whyNot(error)));
    return false;
  }
}

async function register(server: AttributeServer, missing: string[], withinMs: number): Promise<void> {
  try {
    await server.add(missing);
  } catch (error) {
    // Another process may be registering them at this very moment: what counts is whether they are there.
    const isRace = grpcCode(error) === 'ALREADY_EXISTS';
    if (await areKnown(server, isRace ? withinMs : 0)) return;
    throw error;
  }
  if (!(await areKnown(server, withinMs))) throw new NotYetKnown();
}

async function areKnown(server: AttributeServer, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if ((await missingAttributes(server)).length === 0) return true;
    if (performance.now() >= deadline) return false;
    await sleep(lookEveryMs);
  }
}

class NotYetKnown extends Error {}

const reasons: Partial<Record<GrpcCode, string>> = {
  PERMISSION_DENIED: 'it does not permit us to register them',
  UNAUTHENTICATED: 'it does not permit us to register them',
  UNIMPLEMENTED: 'it does not let clients register any',
  RESOURCE_EXHAUSTED: 'it has no room for more',
  INVALID_ARGUMENT: 'it refuses them, perhaps because it has no room for more or has one of another type',
  ALREADY_EXISTS: 'it has one of them with another type',
};

function whyNot(error: unknown): string {
  const code = grpcCode(error);
  const why = code === undefined ? undefined : reasons[code];
  if (why !== undefined) return why;
  if (error instanceof NotYetKnown) return 'it took them and does not know them yet';
  return code === undefined ? 'asking it failed' : `asking it failed (${code})`;
}

/** One sentence on what is lost, and one on how to get it. */
function withoutThem(namespace: string, why: string): string {
  return (
    `Namespace ${namespace} lacks Gameday's search attributes: ${why}. Experiments run without them; only lists in ` +
    `Temporal's own pages cannot be filtered by them. To have them: ${registerCommand(namespace)}, then start this again.`
  );
}

/** What the namespace's owner runs. */
export function registerCommand(namespace: string): string {
  const names = searchAttributeNames.map((name) => `--name ${name}`).join(' ');
  return `temporal operator search-attribute create --namespace ${namespace} ${names} --type Keyword`;
}
