import type { ExperimentAnswer } from './answers';
import { ApiError } from './api-error';
import { askGameday, askStore } from './ask';
import type { ApiParts } from './parts';

type Answered<T> = { value: T } | { error: unknown };

/** Shows an experiment from Temporal while it is open and from the store afterwards; either may be away. */
export async function readExperiment(parts: ApiParts, experimentId: string): Promise<ExperimentAnswer> {
  const attempt = `Could not show experiment ${experimentId}`;
  const open = await tried(askGameday(attempt, () => parts.gameday.isOpen(experimentId)));
  if ('value' in open && open.value) return tell(parts, attempt, experimentId, true);
  const kept = await tried(askStore(parts, attempt, (store) => store.readEvidence(experimentId)));
  if ('value' in kept && kept.value) return { experimentId, isOpen: false, ...kept.value };
  return withoutStore(parts, attempt, experimentId, open, kept);
}

// Closed, and the store does not have it: the workflow itself may still tell, for as long as Temporal keeps it.
async function withoutStore(
  parts: ApiParts,
  attempt: string,
  experimentId: string,
  open: Answered<boolean>,
  kept: Answered<unknown>,
): Promise<ExperimentAnswer> {
  const told = await tried(tell(parts, attempt, experimentId, false));
  if ('value' in told) return told.value;
  if ('error' in open && !isNotFound(open.error)) throw open.error;
  if ('error' in kept) throw kept.error;
  if (!isNotFound(told.error)) throw told.error;
  throw new ApiError(404, attempt, 'there is no experiment with this id', '"gameday list" shows the latest ones.');
}

async function tell(
  parts: ApiParts,
  attempt: string,
  experimentId: string,
  isOpen: boolean,
): Promise<ExperimentAnswer> {
  const progress = await askGameday(attempt, () => parts.gameday.progress(experimentId));
  return { experimentId, isOpen, progress, ...(progress.verdict ? { verdict: progress.verdict } : {}) };
}

async function tried<T>(promise: Promise<T>): Promise<Answered<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
