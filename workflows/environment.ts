import {
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  setWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow';
import { decideAdmission, holdersOf } from '../src/domain/admission';
import type { Admission, AdmissionRequest, EnvironmentState } from '../src/domain/admission';
import { workflowId } from '../src/domain/workflow-id';
import { admit, environmentState, halt, leave, resume } from './messages';
import type { HaltMessage } from './messages';
import { isVersioned } from './versioning';

/** After this many events a new run carries the state on, so that no history grows without bound. */
const historyLengthMax = 2_000;

/**
 * Nobody waits for it to end, so it must follow the current version by itself; everything else stays where it began. Only
 * under versioned workers: others may not name a behaviour, and the server refuses every task of one that does.
 */
setWorkflowOptions(() => (isVersioned() ? { versioningBehavior: 'AUTO_UPGRADE' } : {}), environment);

/** One per environment, open for ever: whether it is halted, and who holds its budget. */
export async function environment(state: EnvironmentState): Promise<void> {
  // In this order, since messages that came before the first task are dealt with as their handler is set: a halt that
  // came along outlasts a resume, and nobody is admitted before it is known.
  setHandler(resume, () => {
    delete state.halted;
  });
  setHandler(halt, (message) => haltEverything(state, message));
  setHandler(leave, ({ kind, id }) => removeHolder(state, kind, id));
  setHandler(admit, (request) => admitHolder(state, request));
  setHandler(environmentState, () => state);
  setCurrentDetails(`Budget and halt of environment ${state.name}`);
  // How it follows versions is settled once per run, so the first versioned task of an older run begins a new one.
  const wasVersioned = isVersioned();
  await condition(() => isHistoryLong() || isVersioned() !== wasVersioned);
  await condition(allHandlersFinished);
  await continueAsNew<typeof environment>(state);
}

function isHistoryLong(): boolean {
  return workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > historyLengthMax;
}

function admitHolder(state: EnvironmentState, request: AdmissionRequest): Admission {
  const admission = decideAdmission(state, request);
  const holders = holdersOf(state, request.kind);
  const isNew = holders.every((holder) => holder.id !== request.holder.id);
  if (admission.isAdmitted && isNew) holders.push(request.holder);
  return admission;
}

function removeHolder(state: EnvironmentState, kind: AdmissionRequest['kind'], id: string): void {
  const holders = holdersOf(state, kind);
  const index = holders.findIndex((holder) => holder.id === id);
  if (index >= 0) holders.splice(index, 1);
}

async function haltEverything(state: EnvironmentState, message: HaltMessage): Promise<void> {
  state.halted = message.halt;
  const locks = state.injections.flatMap((holder) => (holder.lockKey === undefined ? [] : [holder.lockKey]));
  const ids = [
    ...locks.map((lockKey) => workflowId.injection(lockKey)),
    ...state.experiments.map((holder) => workflowId.experiment(holder.experimentId)),
  ];
  await Promise.all(ids.map((id) => tell(id, message)));
}

/** A workflow that has ended meanwhile needs no halt. */
async function tell(id: string, message: HaltMessage): Promise<void> {
  await getExternalWorkflowHandle(id)
    .signal(halt, message)
    .catch(() => undefined);
}
