/** One server-sent event as it arrived. */
export interface Heard {
  id: string;
  name: string;
  data: Record<string, unknown>;
}

/** A stream that is being read. */
export interface Ear {
  heard: Heard[];
  /** Resolves with the first event that satisfies, heard already or still to come. */
  until(satisfies: (event: Heard) => boolean): Promise<Heard>;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  close(): void;
}

/** Reads server-sent events over real HTTP, sharing no code with the product. */
export async function listenToEvents(url: string, lastEventId?: string): Promise<Ear> {
  const stop = new AbortController();
  const headers = { authorization: 'Bearer token-of-ada', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) };
  const response = await fetch(url, { headers, signal: stop.signal });
  if (!response.body || response.status !== 200) throw new Error(`no stream: ${response.status}`);
  const heard: Heard[] = [];
  let wake = (): void => undefined;
  const ended = read(response.body, (event) => {
    heard.push(event);
    wake();
  }).catch(() => undefined);
  const until = async (satisfies: (event: Heard) => boolean): Promise<Heard> => {
    for (;;) {
      const found = heard.find(satisfies);
      if (found) return found;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { heard, until, ended, close: () => stop.abort() };
}

async function read(body: ReadableStream<Uint8Array>, hear: (event: Heard) => void): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) if (block.includes('event: ')) hear(parse(block));
  }
}

function parse(block: string): Heard {
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { id: field('id'), name: field('event'), data: JSON.parse(field('data')) };
}
