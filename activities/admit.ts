import type { Admission, AdmissionRequest, Holder } from '../src/domain/admission';
import { workflowId } from '../src/domain/workflow-id';
import type { Orchestrator } from './tools';

/** Asks for a place; those held by workflows that ended without giving them back are freed and asked for once more. */
export async function admitOrFree(
  orchestrator: Orchestrator,
  environment: string,
  request: AdmissionRequest,
): Promise<Admission> {
  const first = await orchestrator.admit(environment, request);
  if (first.isAdmitted || !first.heldBy) return first;
  const { heldBy } = first;
  const areHolding = await Promise.all(heldBy.map((holder) => isHolding(orchestrator, holder)));
  const stale = heldBy.filter((_holder, index) => !areHolding[index]);
  if (stale.length === 0) return first;
  for (const holder of stale) await orchestrator.leave(environment, request.kind, holder.id);
  return orchestrator.admit(environment, request);
}

async function isHolding(orchestrator: Orchestrator, holder: Holder): Promise<boolean> {
  if (holder.lockKey === undefined) return orchestrator.isOpen(workflowId.experiment(holder.experimentId));
  return (await orchestrator.findHolder(holder.lockKey))?.injectionId === holder.id;
}
