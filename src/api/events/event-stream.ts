import type { ServerResponse } from 'node:http';
import type { FeedListener } from './experiment-feed';
import type { OpenFeed } from './feeds';
import { renderEvent } from './feed-event';

const keepAliveMs = 15_000;
// One that does not read any more is cut off; it can come back and go on where it was.
const unreadBytesMax = 8 * 1024 * 1024;

/** Streams a feed to one HTTP response until either ends. */
export function streamFeed(feed: OpenFeed, response: ServerResponse, lastEventId: string | undefined): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write('retry: 1000\n\n');
  const keepAlive = setInterval(() => response.write(': keep-alive\n\n'), keepAliveMs).unref();
  const listener = listenerOf(feed, response);
  response.once('close', () => {
    clearInterval(keepAlive);
    feed.leave(listener);
  });
  feed.join(listener, lastEventId);
}

function listenerOf(feed: OpenFeed, response: ServerResponse): FeedListener {
  return {
    send(event, cursor) {
      if (response.writableLength > unreadBytesMax) response.destroy();
      else response.write(renderEvent(event, feed.epoch, cursor));
    },
    end: () => void response.end(),
  };
}
