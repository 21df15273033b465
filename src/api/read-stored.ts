import { ApiError } from './api-error';
import { askStore } from './ask';
import type { ApiParts, StoredExperiment } from './parts';

/** Reads an ended experiment with its full series. Errors: 404 while there is no evidence of it, 503 without the store. */
export async function readStored(parts: ApiParts, experimentId: string): Promise<StoredExperiment> {
  const attempt = `Could not read experiment ${experimentId}`;
  const [kept, chunks] = await askStore(parts, attempt, (store) =>
    Promise.all([store.readEvidence(experimentId), store.readChunks(experimentId)]),
  );
  if (kept) return { ...kept, chunks };
  throw new ApiError(
    404,
    attempt,
    'the store keeps no evidence of it',
    'It may still be running: see "gameday status".',
  );
}
