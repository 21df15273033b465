import { createClient } from '@redis/client';

/** The bounds of a connection, all in ms. */
export interface ConnectionBounds {
  connectMs: number;
  /** A connection on which nothing moves for this long, not even our own pings, is closed. */
  silenceMs: number;
  pingEveryMs: number;
  /** How long to wait before connecting again: doubles from the first up to the second, half of it at random. */
  reconnectMinMs: number;
  reconnectMaxMs: number;
}

/** Opens a client and starts to connect it; within bounds, commands reject at once until it is. */
function openClient(url: string, bounds: ConnectionBounds | undefined) {
  const client = createClient({
    url,
    socket: bounds ? boundedSocket(bounds) : { connectTimeout: 0, reconnectStrategy: 100 },
    ...(bounds && { disableOfflineQueue: true, commandsQueueMaxLength: 1_000, pingInterval: bounds.pingEveryMs }),
  });
  // Every failure reaches whoever sent the command; without a listener it would also end the process.
  client.on('error', () => undefined);
  const connected = client.connect().then(
    () => undefined,
    () => undefined,
  );
  return { client, connected };
}

function boundedSocket(bounds: ConnectionBounds) {
  return {
    connectTimeout: bounds.connectMs,
    socketTimeout: bounds.silenceMs,
    reconnectStrategy: (retries: number) => reconnectMs(retries, bounds),
  };
}

/** How long to wait before the next attempt to connect, in ms. */
export function reconnectMs(
  retries: number,
  { reconnectMinMs, reconnectMaxMs }: Pick<ConnectionBounds, 'reconnectMinMs' | 'reconnectMaxMs'>,
): number {
  const longest = Math.min(reconnectMaxMs, reconnectMinMs * 2 ** Math.min(retries, 16));
  return Math.round((longest * (1 + Math.random())) / 2);
}

/** A connection to Redis that keeps itself up. Without bounds it waits for ever, as a client with no time-outs does. */
export class RedisConnection {
  private current: ReturnType<typeof openClient>;

  constructor(
    private readonly url: string,
    private readonly bounds: ConnectionBounds | undefined,
  ) {
    this.current = openClient(url, bounds);
  }

  /** Resolves when it is connected for the first time, however often that fails before. */
  get connected(): Promise<void> {
    return this.current.connected;
  }

  /** Resolves to the text at a key, `null` where there is none. */
  get(key: string): Promise<string | null> {
    return this.current.client.get(key);
  }

  /** Writes a text that expires by itself. */
  async set(key: string, text: string, ttlMs: number): Promise<void> {
    await this.current.client.set(key, text, { expiration: { type: 'PX', value: ttlMs } });
  }

  /** Gives a connection that has stopped answering up for a new one; commands under way reject. */
  reopen(): void {
    // One that is connecting already is left to its pace, or reopening it would undo the waiting between attempts.
    if (!this.current.client.isReady) return;
    this.current.client.destroy();
    this.current = openClient(this.url, this.bounds);
  }
}
