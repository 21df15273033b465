import type { Client } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { taskQueue } from '../domain/workflow-id';
import { call } from './temporal-call';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;

/** A poll lasts at most a minute; the server remembers pollers for longer than they live. */
const pollerSeenWithinMs = 75_000;

/** Whether anybody takes activities from a queue. */
export async function hasPoller(client: Client, queue: string): Promise<boolean> {
  return (await livePollers(client, queue, TASK_QUEUE_TYPE_ACTIVITY)).length > 0;
}

/** How many processes take workflows now. */
export async function countWorkers(client: Client): Promise<number> {
  const pollers = await livePollers(client, taskQueue.control, TASK_QUEUE_TYPE_WORKFLOW);
  return new Set(pollers.map(({ identity }) => identity)).size;
}

async function livePollers(client: Client, queue: string, taskQueueType: temporal.api.enums.v1.TaskQueueType) {
  const request = { namespace: client.options.namespace, taskQueue: { name: queue }, taskQueueType };
  const found = await call(client, `looking at ${queue}`, () => client.workflowService.describeTaskQueue(request));
  const sinceMs = Date.now() - pollerSeenWithinMs;
  return found.pollers.filter(({ lastAccessTime }) => (optionalTsToMs(lastAccessTime) ?? 0) >= sinceMs);
}
