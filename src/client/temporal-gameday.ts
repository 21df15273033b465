import type { Client } from '@temporalio/client';
import { abort, decide, environmentState, halt, progress, release, resume } from '../../workflows/messages';
import type { HaltMessage, SealedDecision, StopMessage } from '../../workflows/messages';
import type { ExperimentResult } from '../domain/progress';
import { taskQueue, workflowId } from '../domain/workflow-id';
import { listEnvironmentNames } from './environment-names';
import { GamedayError } from './gameday';
import type { Gameday } from './gameday';
import { listOpenInjections } from './open-injections';
import { isOpen } from './orchestrator';
import { sealDecision } from './seal';
import { startExperiment } from './start-experiment';
import { call, translate } from './temporal-call';

/**
 * The product over one Temporal client; `sealKey` is shared with the workers and nobody else. Without search attributes
 * everything but Temporal's own lists is the same.
 */
export function temporalGameday(client: Client, sealKey: string, hasSearchAttributes = true): Gameday {
  const experiment = (id: string) => client.workflow.getHandle(workflowId.experiment(id));
  const environment = (name: string) => client.workflow.getHandle(workflowId.environment(name));
  return {
    start: (input) => startExperiment(client, input, hasSearchAttributes),
    progress: (id) => call(client, `progress of ${id}`, () => experiment(id).query(progress)),
    result: (id) => result(client, id),
    isOpen: (id) => isOpen(client, workflowId.experiment(id)),
    decide: (id, decision) => decideOn(client, { decision, seal: sealDecision(sealKey, id, decision) }, id),
    abort: (id, stop) => abortExperiment(client, { experimentId: id, stop }),
    halt: (name, content) => haltEnvironment(client, { environment: name, halt: content }),
    resume: (name, by) => call(client, `resuming ${name}`, () => environment(name).signal(resume, { by })),
    environment: (name) =>
      call(client, `asking ${name}`, () => environment(name).query(environmentState)).catch(undefinedIfAbsent),
    environmentNames: () => listEnvironmentNames(client),
    openInjections: () => listOpenInjections(client),
    openExperiments: (environments) => listOpenExperiments(client, environments),
    release: async (injectionId, by, reason) => {
      const found = (await listOpenInjections(client)).find((one) => one.injectionId === injectionId);
      if (!found)
        throw new GamedayError('not-found', `no open injection is called ${injectionId}; gameday faults lists them`);
      const handle = client.workflow.getHandle(workflowId.injection(found.lockKey));
      await call(client, `releasing ${injectionId}`, () => handle.signal(release, { injectionId, by, reason }));
    },
    close: async () => undefined,
  };
}

/** A person waits longer than a stop does: a worker that starts anew takes some seconds to answer. */
const decideWithinMs = 8_000;

/** The same decision sent again is the same Update, so that a retry after a lost answer is no second decision. */
async function decideOn(client: Client, message: SealedDecision, experimentId: string): Promise<void> {
  const handle = client.workflow.getHandle(workflowId.experiment(experimentId));
  const updateId = `decide:${experimentId}:${message.seal}`;
  await call(client, `deciding on ${experimentId}`, () =>
    client.withDeadline(Date.now() + decideWithinMs, () => handle.executeUpdate(decide, { args: [message], updateId })),
  );
}

async function result(client: Client, experimentId: string): Promise<ExperimentResult> {
  try {
    const ended: unknown = await client.workflow.getHandle(workflowId.experiment(experimentId)).result();
    return readResult(experimentId, ended);
  } catch (error) {
    throw translate(`result of ${experimentId}`, error);
  }
}

function readResult(experimentId: string, ended: unknown): ExperimentResult {
  if (isResult(ended)) return ended;
  throw new GamedayError('ended-otherwise', `experiment ${experimentId} ended without a verdict`);
}

function isResult(ended: unknown): ended is ExperimentResult {
  return typeof ended === 'object' && ended !== null && 'verdict' in ended && 'experimentId' in ended;
}

/** Two ways at once, so that neither a stuck experiment nor a missing worker delays the rollback. */
async function abortExperiment(client: Client, message: StopMessage): Promise<void> {
  const handle = client.workflow.getHandle(workflowId.experiment(message.experimentId));
  const what = `aborting ${message.experimentId}`;
  const [told] = await Promise.allSettled([
    call(client, what, () => handle.signal(abort, message)),
    call(client, what, async () => {
      const { raw } = await handle.describe();
      const children = (raw.pendingChildren ?? []).flatMap((child) => child.workflowId ?? []);
      await Promise.allSettled(children.map((id) => client.workflow.getHandle(id).signal(abort, message)));
    }),
  ]);
  if (told.status === 'rejected') throw told.reason;
}

async function haltEnvironment(client: Client, message: HaltMessage): Promise<{ injectionsTold: number }> {
  const state = { name: message.environment, experiments: [], injections: [] };
  const remembering = call(client, `halting ${message.environment}`, () =>
    client.workflow.signalWithStart('environment', {
      workflowId: workflowId.environment(message.environment),
      taskQueue: taskQueue.control,
      args: [state],
      signal: halt,
      signalArgs: [message],
    }),
  );
  const [remembered, told] = await Promise.allSettled([remembering, tellInjections(client, message)]);
  if (remembered.status === 'rejected') throw remembered.reason;
  return { injectionsTold: told.status === 'fulfilled' ? told.value : 0 };
}

async function tellInjections(client: Client, message: HaltMessage): Promise<number> {
  const open = (await listOpenInjections(client)).filter((one) => one.environment === message.environment);
  const told = await Promise.allSettled(
    open.map((one) => client.workflow.getHandle(workflowId.injection(one.lockKey)).signal(halt, message)),
  );
  return told.filter((one) => one.status === 'fulfilled').length;
}

async function listOpenExperiments(client: Client, environments?: string[]): Promise<string[]> {
  return call(client, 'listing the open experiments', async () => {
    const ids: string[] = [];
    // In a namespace of others a workflow of theirs may have the same type.
    const prefix = workflowId.experiment('');
    const query = `WorkflowType = 'experiment' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId: id, memo } of client.workflow.list({ query })) {
      const environment: unknown = memo?.['environment'];
      const isOurs = id.startsWith(prefix) && (environments?.includes(String(environment)) ?? true);
      if (isOurs) ids.push(id.slice(prefix.length));
    }
    return ids;
  });
}

function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof GamedayError && error.code === 'not-found') return undefined;
  throw error;
}
