/** One server-sent event. */
export interface ServerEvent {
  id: string;
  name: string;
  data: string;
}

/** Splits a stream of text into server-sent events (WHATWG HTML, event stream interpretation). */
export class EventsReader {
  private rest = '';

  /** Takes a part of the stream and returns the events that are now complete. */
  take(text: string): ServerEvent[] {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(parseBlock).filter((event) => event.name !== '');
  }
}

function parseBlock(block: string): ServerEvent {
  const event: ServerEvent = { id: '', name: '', data: '' };
  for (const line of block.split('\n')) {
    const value = line.slice(line.indexOf(':') + 1).replace(/^ /, '');
    if (line.startsWith('id:')) event.id = value;
    if (line.startsWith('event:')) event.name = value;
    if (line.startsWith('data:')) event.data += value;
  }
  return event;
}
