import type { ExperimentEvents } from '../answers';

/** How far a listener has come: numbers of the last progress and the last chunk of series it was sent. */
export interface Cursor {
  progress: number;
  series: number;
}

/** One event of an experiment, with what a listener has seen once it has this. */
export type FeedEvent = {
  [Name in keyof ExperimentEvents]: { name: Name; data: ExperimentEvents[Name] };
}[keyof ExperimentEvents];

/** The start of a stream. */
const beginning: Cursor = { progress: 0, series: 0 };

/** Renders an event for `text/event-stream` (WHATWG HTML, server-sent events); JSON never holds a line break. */
export function renderEvent(event: FeedEvent, epoch: string, cursor: Cursor): string {
  const id = `${epoch}.${cursor.progress}.${cursor.series}`;
  return `id: ${id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;
}

/** Reads the id of the last event a listener had; the beginning when it is from another epoch, or not an id. */
export function readCursor(lastEventId: string | undefined, epoch: string): Cursor {
  const [found, progress, series] = (lastEventId ?? '').split('.');
  if (found !== epoch || !isCount(progress) || !isCount(series)) return { ...beginning };
  return { progress: Number(progress), series: Number(series) };
}

function isCount(text: string | undefined): boolean {
  return /^\d{1,12}$/.test(text ?? '');
}
