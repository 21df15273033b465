import { TypedSearchAttributes } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time';
import { coresdk } from '@temporalio/proto';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm';
import { createUnsafeRandomSource } from '@temporalio/workflow/lib/random-helpers';
import type { WorkflowInfo } from '@temporalio/workflow';
import { decodeFailure } from './payloads';
import { workflowBundle } from './workflow-bundle';

export type Job = coresdk.workflow_activation.IWorkflowActivationJob;
export type Command = coresdk.workflow_commands.IWorkflowCommand;

/** What one run of a workflow is started as. */
interface RunStart {
  type: string;
  workflowId: string;
  runId: string;
  nowMs: number;
  parent?: { workflowId: string; runId: string };
}

/** What a run is told along with the jobs of one activation. */
interface ActivationFacts {
  nowMs: number;
  historyLength: number;
  isContinueAsNewSuggested: boolean;
}

/** One run of a workflow in the SDK's sandbox. */
export interface IsolatedRun {
  /** Hands the jobs over and returns the commands; throws when the workflow task failed. */
  activate(jobs: Job[], facts: ActivationFacts): Promise<Command[]>;
  /** What the workflow logged since the last call, as `level message`. */
  takeLogs(): Promise<string[]>;
  dispose(): Promise<void>;
}

/** The SDK's own sandbox with today's workflow code. The only file that touches the SDK's internal modules. */
export interface Isolate {
  start(run: RunStart): Promise<IsolatedRun>;
  close(): Promise<void>;
}

const taskTimeoutMs = 10_000;

/** Opens one sandbox that many runs share, as the SDK's workers do. */
export async function openIsolate(): Promise<Isolate> {
  const bundle = parseWorkflowCode(await workflowBundle());
  const live = new Set<Workflow>();
  const creator = await ReusableVMWorkflowCreator.create(bundle, taskTimeoutMs, new Set(['openSeal']));
  // Keeping a stack for every promise serves only the stack trace query, at half the cost of a run.
  globalHandlers.uninstall();
  return {
    async start(run) {
      const randomnessSeed = [...Buffer.from(run.runId)];
      const options = { info: infoOf(run), randomnessSeed, now: run.nowMs, showStackTraceSources: false };
      const workflow = await creator.createWorkflow(options);
      live.add(workflow);
      const dispose = (): Promise<void> => (live.delete(workflow) ? workflow.dispose() : Promise.resolve());
      return isolatedRun(workflow, run.runId, dispose);
    },
    async close() {
      for (const workflow of live) await workflow.dispose();
      await creator.destroy();
    },
  };
}

function isolatedRun(workflow: Workflow, runId: string, dispose: () => Promise<void>): IsolatedRun {
  return {
    async activate(jobs, { nowMs, historyLength, isContinueAsNewSuggested }) {
      const facts = { historyLength, continueAsNewSuggested: isContinueAsNewSuggested, isReplaying: false };
      const activation = { runId, timestamp: msToTs(nowMs), jobs, ...facts };
      const completion = await workflow.activate(coresdk.workflow_activation.WorkflowActivation.fromObject(activation));
      if (!completion.failed) return completion.successful?.commands ?? [];
      const failure = decodeFailure(completion.failed.failure);
      throw new Error(`a workflow task of ${runId} failed: ${failure.message}`, { cause: failure });
    },
    async takeLogs() {
      const calls = await workflow.getAndResetSinkCalls();
      return calls.flatMap(({ ifaceName, fnName, args }) =>
        ifaceName === '__temporal_logger' ? [`${fnName} ${String(args[0])}`] : [],
      );
    },
    dispose,
  };
}

function infoOf({ type, workflowId, runId, nowMs, parent }: RunStart): WorkflowInfo {
  const times = { startTime: new Date(nowMs), runStartTime: new Date(nowMs), taskTimeoutMs };
  const ids = { workflowId, runId, firstExecutionRunId: runId, originalExecutionRunId: runId };
  const found = { searchAttributes: {}, typedSearchAttributes: new TypedSearchAttributes(), memo: {} };
  const history = { historyLength: 0, historySize: 0, continueAsNewSuggested: false };
  return {
    ...times,
    ...ids,
    ...found,
    ...history,
    workflowType: type,
    taskQueue: 'gameday-control',
    namespace: 'default',
    attempt: 1,
    targetWorkerDeploymentVersionChanged: false,
    unsafe: unsafeInfo(),
    ...(parent ? { parent: { ...parent, namespace: 'default' } } : {}),
  };
}

function unsafeInfo(): WorkflowInfo['unsafe'] {
  const random = createUnsafeRandomSource(Math.random);
  return { now: Date.now, isReplaying: false, isReplayingHistoryEvents: false, random };
}
