const spans = {
  workflowTaskStartedEventAttributes: { name: 'workflowTasksMs', from: 'scheduledEventId' },
  activityTaskStartedEventAttributes: { name: 'activitiesMs', from: 'scheduledEventId' },
  workflowTaskCompletedEventAttributes: { name: 'workerMs', from: 'startedEventId' },
};

/**
 * How late the tasks of one history started, by the server's own timestamps: milliseconds from each scheduled event to its
 * started event, and from each workflow task's start to its completion.
 */
export async function readDelays(handle) {
  const { events } = await handle.fetchHistory();
  const at = new Map(events.map((event) => [String(event.eventId), instantMs(event)]));
  const delays = { workflowTasksMs: [], activitiesMs: [], workerMs: [], events: events.length };
  for (const event of events)
    for (const [attributes, { name, from }] of Object.entries(spans))
      if (event[attributes]) delays[name].push(instantMs(event) - at.get(String(event[attributes][from])));
  return delays;
}

function instantMs({ eventTime }) {
  return Number(eventTime.seconds) * 1_000 + eventTime.nanos / 1e6;
}
