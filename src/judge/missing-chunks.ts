import type { SeriesChunk } from '../domain/evidence-store';
import type { Observation } from '../domain/observation';

/** In words, how much of an observation's series is missing; nothing when all of it is there. */
export function missingChunks(observation: Observation, chunks: SeriesChunk[]): string[] {
  const found = chunks.filter((chunk) => chunk.observation === observation.id).length;
  const lost = observation.chunks - found;
  if (lost <= 0) return [];
  return [`${observation.id}: ${lost} of ${observation.chunks} chunks of its series are missing`];
}
