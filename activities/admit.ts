import type { Admission, AdmissionRequest, Holder } from '../src/domain/admission';
import { workflowId } from '../src/domain/workflow-id';
import type { Orchestrator } from './tools';

/** Asks for a place; one held by a workflow that has ended without giving it back is freed and asked for once more. */
export async function admitOrFree(
  orchestrator: Orchestrator,
  environment: string,
  request: AdmissionRequest,
): Promise<Admission> {
  const first = await orchestrator.admit(environment, request);
  if (first.isAdmitted || !first.heldBy) return first;
  if (await isHolding(orchestrator, first.heldBy)) return first;
  await orchestrator.leave(environment, request.kind, first.heldBy.id);
  return orchestrator.admit(environment, request);
}

async function isHolding(orchestrator: Orchestrator, holder: Holder): Promise<boolean> {
  if (holder.lockKey === undefined) return orchestrator.isOpen(workflowId.experiment(holder.experimentId));
  return (await orchestrator.findHolder(holder.lockKey))?.injectionId === holder.id;
}
