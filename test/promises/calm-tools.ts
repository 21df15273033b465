import { catalogue } from '../../activities/catalogue';
import type { Tools } from '../../activities/tools';
import { isSealed } from '../../src/client/seal';
import type { EvidenceStore } from '../../src/domain/evidence-store';
import { planHash, targetsHash } from '../../src/scenario/plan-hash';
import { fakeOrchestrator } from './fake-orchestrator';

/** Shared by the API and the workers of a test. */
export const sealKey = 'a key of at least thirty-two characters';

/** What activities are handed where all is well: every plug-in of this build, real hashes and seals, no environment. */
export function calmTools(over: Partial<Tools> = {}): Tools {
  return {
    catalogue,
    environment: async () => ({ connection: () => undefined, optedIn: () => [] }),
    orchestrator: fakeOrchestrator(),
    series: { write: () => undefined, deliver: async () => undefined },
    store: (): Promise<EvidenceStore> => Promise.reject(new Error('the store is away')),
    hashes: { plan: planHash, targets: targetsHash },
    isSealed: (experimentId, decision, seal) => isSealed(sealKey, experimentId, decision, seal),
    sentinelTrouble: async () => undefined,
    home: 'home-of-tests',
    metrics: { rolledBack: () => undefined, concluded: () => undefined },
    ...over,
  };
}
