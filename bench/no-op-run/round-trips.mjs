import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { countRequests, requestsBetween } from '../workflow-task/count-requests.mjs';

const { connect } = createRequire(import.meta.url)('../../dist/src/client/connect.js');

/** What an event of a history says about ways between a worker and the server. */
const kinds = {
  workflowTasks: 'workflowTaskCompletedEventAttributes',
  activities: 'activityTaskStartedEventAttributes',
  signals: 'workflowExecutionSignaledEventAttributes',
  updates: 'workflowExecutionUpdateAcceptedEventAttributes',
  timers: 'timerStartedEventAttributes',
};

/** The local server that runs in a folder: counts what its front door takes, and what histories tell. */
export async function openServer(dir) {
  const note = JSON.parse(await readFile(join(dir, '.gameday', 'temporal.json'), 'utf8'));
  const connected = await connect({ address: `127.0.0.1:${note.port}`, namespace: 'default' });
  return {
    close: () => connected.close(),
    countRequests: () => countRequests(note.pid),
    requestsBetween,
    historyOf: async (workflowId) => {
      const { events } = await connected.client.workflow.getHandle(workflowId).fetchHistory();
      const count = (attributes) => events.filter((event) => event[attributes]).length;
      const counts = Object.fromEntries(Object.entries(kinds).map(([kind, attributes]) => [kind, count(attributes)]));
      return { ...counts, events: events.length };
    },
  };
}
