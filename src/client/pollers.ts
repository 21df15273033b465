import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { taskQueue } from '../domain/workflow-id';
import { call } from './temporal-call';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;

/** A poll lasts at most a minute; the server remembers pollers for longer than they live. */
const pollerSeenWithinMs = 75_000;

/** A worker that has just started may not have asked for work yet, so one is looked for a little longer. */
const startsWithinMs = 3_000;
const lookMs = 200;

/** Whether anybody takes activities from a queue, or begins to within seconds. */
export async function hasPoller(client: Client, queue: string, withinMs = startsWithinMs): Promise<boolean> {
  const untilMs = performance.now() + withinMs;
  while ((await livePollers(client, queue, TASK_QUEUE_TYPE_ACTIVITY)).length === 0) {
    if (performance.now() >= untilMs) return false;
    await sleep(lookMs);
  }
  return true;
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
