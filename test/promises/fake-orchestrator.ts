import type { Orchestrator } from '../../activities/tools';

/** A Temporal that admits everybody and in which every workflow is open, unless a test says otherwise. */
export function fakeOrchestrator(over: Partial<Orchestrator> = {}): Orchestrator {
  return {
    admit: async () => ({ isAdmitted: true }),
    leave: async () => undefined,
    isOpen: async () => true,
    findHolder: async () => undefined,
    injectionState: () => Promise.reject(new Error('nobody answers')),
    tellWatching: async () => undefined,
    tellRollBack: async () => undefined,
    hasPoller: async () => true,
    ...over,
  };
}
