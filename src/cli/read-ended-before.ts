import type { EndedExperiment } from '../api/answers';
import { CliError } from './cli-error';
import type { World } from './world';

/**
 * How an experiment ended that Temporal does not know as open, from the store's file. Errors: what Temporal threw when
 * that was something else; that the id is not known.
 */
export async function readEndedBefore(world: World, id: string, error: unknown): Promise<EndedExperiment> {
  if (!isNotFound(error)) throw error;
  const kept = await readKeptEnd(world, id).catch(() => undefined);
  if (kept) return kept;
  const why = 'Temporal knows of no open experiment with this id, and the store here keeps none that ended';
  throw new CliError(`Could not abort ${id}`, why, '"gameday list" shows the latest ones.');
}

async function readKeptEnd(world: World, id: string): Promise<EndedExperiment | undefined> {
  const store = await world.offline.store();
  try {
    const kept = await store.readEvidence(id);
    return kept && { verdict: kept.verdict.verdict, endedAt: kept.evidence.endedAt, openInjections: [] };
  } finally {
    await store.close();
  }
}

// By shape, since the class belongs to the client, which is loaded only where it is used.
function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'not-found';
}
