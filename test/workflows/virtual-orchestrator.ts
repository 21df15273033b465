import type { Orchestrator } from '../../activities/tools';
import { workflowId } from '../../src/domain/workflow-id';
import { admit, injectionState, leave, rollBack, watching } from '../../workflows/messages';
import type { InjectionInput } from '../../workflows/injection-input';
import type { VirtualTemporal } from '../harness/isolate/virtual-temporal';

/** What activities ask of Temporal, asked of the virtual one. */
export function virtualOrchestrator(temporal: () => VirtualTemporal): Orchestrator {
  return {
    async admit(environment, request) {
      await openEnvironment(temporal(), environment);
      return temporal().update(workflowId.environment(environment), admit, request);
    },
    leave: async (environment, kind, id) => temporal().signal(workflowId.environment(environment), leave, { kind, id }),
    isOpen: async (id) => temporal().open(id) !== undefined,
    async findHolder(lockKey) {
      const found = temporal().open(workflowId.injection(lockKey))?.args[0];
      return isInjectionInput(found) ? { injectionId: found.injectionId, experimentId: found.experimentId } : undefined;
    },
    async injectionState(lockKey) {
      const id = workflowId.injection(lockKey);
      if (!temporal().open(id) || temporal().awayMs > 0) throw new Error(`${id} does not answer`);
      return temporal().query(id, injectionState);
    },
    tellWatching: async (lockKey, injectionId) =>
      temporal().signal(workflowId.injection(lockKey), watching, { injectionId }),
    tellRollBack: async (lockKey, injectionId, cause) =>
      temporal().signal(workflowId.injection(lockKey), rollBack, { injectionId, cause }),
    hasPoller: async () => true,
  };
}

/** Starts the environment's workflow unless it is open. */
export async function openEnvironment(temporal: VirtualTemporal, name: string): Promise<void> {
  if (temporal.open(workflowId.environment(name))) return;
  await temporal.start('environment', workflowId.environment(name), { name, experiments: [], injections: [] });
}

function isInjectionInput(value: unknown): value is InjectionInput {
  return typeof value === 'object' && value !== null && 'injectionId' in value && 'experimentId' in value;
}
