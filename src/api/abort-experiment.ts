import type { Stop } from '../domain/evidence';
import type { AbortAnswer, ExperimentAnswer } from './answers';
import { ApiError } from './api-error';
import { answeredInTime, askGameday } from './ask';
import type { ApiParts } from './parts';
import { readExperiment } from './read-experiment';

/**
 * Aborts an experiment; one that has ended is no error and is told as such. Nothing stands between the request and
 * Temporal. Errors: 404 for an id that nobody knows, 503.
 */
export async function abortExperiment(parts: ApiParts, experimentId: string, stop: Stop): Promise<AbortAnswer> {
  try {
    await askGameday(`Could not abort experiment ${experimentId}`, () => parts.gameday.abort(experimentId, stop));
    return { experimentId, isAborting: true };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    const known = await readExperiment(parts, experimentId).catch(() => undefined);
    if (!known || known.isOpen) throw unknown(error, experimentId);
    return { experimentId, isAborting: false, ended: await endOf(parts, known) };
  }
}

function unknown(error: ApiError, id: string): ApiError {
  const why = `no experiment with the id ${id} is known`;
  return new ApiError(404, error.message, why, '"gameday status" shows what is open, "gameday list" the latest ones.');
}

async function endOf(parts: ApiParts, { experimentId, verdict, evidence, progress }: ExperimentAnswer) {
  const endedAt = (evidence ?? progress?.evidence)?.endedAt;
  const open = await answeredInTime(parts.gameday.openInjections()).catch(() => []);
  return {
    ...(verdict ? { verdict: verdict.verdict } : {}),
    ...(endedAt ? { endedAt } : {}),
    openInjections: open.filter((one) => one.experimentId === experimentId).map((one) => one.injectionId),
  };
}
