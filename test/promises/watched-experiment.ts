import type { SeriesChunk } from '../../src/domain/evidence-store';
import type { Evidence } from '../../src/domain/evidence';
import { anEvidence, anInjectionRecord } from '../fakes/evidence';
import type { Course } from './fake-signals';
import { Watchtower } from './watchtower';

/** What one experiment left: its evidence, and the full series from which anyone can judge again. */
export interface Watched {
  evidence: Evidence;
  chunks: SeriesChunk[];
}

/** Watches baseline, hold and recovery with the real observer in virtual time; the course of the hold is given. */
export async function watchExperiment(course?: Course): Promise<Watched> {
  const experimentId = 'payment-7f3a';
  const options = course ? { course } : {};
  const towers = { baseline: new Watchtower() };
  const baseline = await towers.baseline.observe({ experimentId });
  const second = new Watchtower(options);
  const hold = await second.hold({ experimentId, baseline: baseline.baseline });
  const removedAt = new Date().toISOString();
  const third = new Watchtower();
  const asked = { id: 'recovery', purpose: 'recovery', forMs: 60_000, removedAt, experimentId } as const;
  const recovery = await third.observe({ ...asked, baseline: baseline.baseline });
  const { injectionId } = second.injection;
  const injection = anInjectionRecord({ injectionId, rolledBackAt: removedAt, injectedAt: hold.heldFrom ?? removedAt });
  return {
    evidence: anEvidence({ experimentId, observations: [baseline, hold, recovery], injections: [injection] }),
    chunks: [towers.baseline, second, third].flatMap(({ chunks }) => chunks),
  };
}
