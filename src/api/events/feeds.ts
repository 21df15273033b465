import type { ApiParts } from '../parts';
import { ExperimentFeed, type FeedListener } from './experiment-feed';
import { watchExperiment } from './watch-experiment';

/** One feed per experiment that somebody listens to, however many listen. */
export interface Feeds {
  /** Finds or starts the feed; call `join` at once. */
  open(experimentId: string): OpenFeed;
  /** Ends every stream. */
  close(): Promise<void>;
}

/** A feed while somebody listens. */
export interface OpenFeed {
  epoch: string;
  join(listener: FeedListener, lastEventId: string | undefined): void;
  leave(listener: FeedListener): void;
}

type FeedParts = Pick<ApiParts, 'gameday' | 'store' | 'log'>;

interface Entry {
  feed: ExperimentFeed;
  stop: AbortController;
  done: Promise<void>;
  idle?: NodeJS.Timeout;
}

// A listener that lost its connection finds its feed, and so its place, for this long.
const lingerMs = 10_000;

/** Makes the feeds of one server. */
export function createFeeds(parts: FeedParts): Feeds {
  const entries = new Map<string, Entry>();
  return {
    open(experimentId) {
      const known = entries.get(experimentId);
      return openFeed(known && !known.feed.hasEnded ? known : startEntry(parts, experimentId, entries));
    },
    async close() {
      const open = [...entries.values()];
      for (const entry of open) endEntry(entry);
      await Promise.all(open.map((entry) => entry.done));
    },
  };
}

function startEntry(
  parts: Pick<ApiParts, 'gameday' | 'store' | 'log'>,
  experimentId: string,
  entries: Map<string, Entry>,
): Entry {
  const [feed, stop] = [new ExperimentFeed(), new AbortController()];
  const done = watchExperiment({ parts, experimentId, feed, signal: stop.signal }).finally(() => {
    if (entries.get(experimentId)?.feed === feed) entries.delete(experimentId);
  });
  const entry = { feed, stop, done };
  entries.set(experimentId, entry);
  return entry;
}

function openFeed(entry: Entry): OpenFeed {
  return {
    epoch: entry.feed.epoch,
    join(listener, lastEventId) {
      clearTimeout(entry.idle);
      entry.feed.join(listener, lastEventId);
    },
    leave(listener) {
      entry.feed.leave(listener);
      if (entry.feed.listenerCount === 0) entry.idle = setTimeout(() => endEntry(entry), lingerMs).unref();
    },
  };
}

function endEntry(entry: Entry): void {
  clearTimeout(entry.idle);
  entry.stop.abort();
  entry.feed.end();
}
