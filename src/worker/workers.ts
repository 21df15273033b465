import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../../activities';
import type { Tools } from '../../activities/tools';
import { connectionOptions, type Cluster } from '../client/cluster';
import { dataConverter } from '../client/data-converter';
import { taskQueue } from '../domain/workflow-id';
import { drain } from './drain';
import { firstFailure } from './first-failure';

/** What the workers of one process serve. */
export interface WorkersOptions extends Cluster {
  environments: string[];
  tools: Tools;
  /** With it, new experiments and injections stay on the version that started them. */
  buildId?: string;
  /** How many workflows stay in memory between their tasks; default `slots.cachedWorkflows`, 0 replays each task. */
  cachedWorkflows?: number;
}

/** Running workers; `stop` lets what is under way end and resolves when all have. */
export interface RunningWorkers {
  stop(): Promise<void>;
  /** Rejects when a worker fails. */
  ended: Promise<void>;
}

/** How much each worker does at once; reported by `gameday doctor`. */
const slots = { workflowTasks: 40, light: 40, inject: 50, watch: 200, cachedWorkflows: 500 } as const;

/** Messages to workflows of a worker that died wait no longer than this for it; then any other worker takes over. */
const stickyQueueScheduleToStartTimeout = '2s';

/** Starts one worker for the workflows and, per environment, one at the targets and one that watches. */
export async function startWorkers(options: WorkersOptions): Promise<RunningWorkers> {
  const connection = await NativeConnection.connect(connectionOptions(options));
  const workers = await Promise.all(
    optionsOf(options).map((one) => Worker.create({ ...one, ...shared(options, connection) })),
  );
  const running = workers.map((worker) => ({ run: worker.run(), getState: () => worker.getState() }));
  const { failed, forget } = firstFailure(workers);
  const ended = Promise.race([Promise.all(running.map(({ run }) => run)), failed]).then(() => undefined);
  ended.catch(() => undefined);
  return {
    ended,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      // One that failed must not hide that others still let their work end: the connection is theirs until then.
      const haveEnded = await drain(running);
      forget();
      // One that failed may hold on to it for as long as this process lives.
      if (haveEnded) await connection.close();
    },
  };
}

function shared({ namespace }: WorkersOptions, connection: NativeConnection) {
  return {
    connection,
    namespace,
    dataConverter,
    shutdownGraceTime: '2s',
    shutdownForceTime: '10s',
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
  } as const;
}

function optionsOf(options: WorkersOptions): WorkerOptions[] {
  const activities = createActivities(options.tools);
  const control: WorkerOptions = {
    taskQueue: taskQueue.control,
    ...workflows(),
    activities: { ...activities.control },
    stickyQueueScheduleToStartTimeout,
    maxConcurrentWorkflowTaskExecutions: slots.workflowTasks,
    maxConcurrentActivityTaskExecutions: slots.light,
    maxCachedWorkflows: options.cachedWorkflows ?? slots.cachedWorkflows,
    ...versioning(options.buildId),
  };
  return [control, ...options.environments.flatMap((name) => environmentOptions(name, activities))];
}

function environmentOptions(name: string, activities: ReturnType<typeof createActivities>): WorkerOptions[] {
  return [
    {
      taskQueue: taskQueue.inject(name),
      activities: { ...activities.inject },
      maxConcurrentActivityTaskExecutions: slots.inject,
    },
    {
      taskQueue: taskQueue.watch(name),
      activities: { ...activities.watch },
      maxConcurrentActivityTaskExecutions: slots.watch,
    },
  ];
}

/** The bundle that the build made; from sources, such as in tests, it is made anew. */
function workflows(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = join(__dirname, '..', '..', 'workflow-bundle.js');
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: require.resolve('../../workflows/index') };
}

function versioning(buildId: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (buildId === undefined) return {};
  const version = { deploymentName: 'gameday', buildId };
  return { workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' } };
}
