import { describeFailure } from '../connection-failure';
import { openConnections } from '../connections';
import { exchange } from '../exchange';
import { describeUrl } from '../http-url';

const everyMs = 500;
const batchMax = 1000;
const waitingMax = 100_000;
const deliveryTimeoutMs = 2000;
const closeWithinMs = 5000;

/** Hands on the ids of requests that were answered 2xx, each at least once: a batch whose answer is lost is sent again. */
export interface AcceptedIds {
  add(id: string): void;
  /** Delivers what is left, for 5 s at most. */
  close(): Promise<void>;
  /** After close: what could not be delivered, in words; undefined when nothing is missing. */
  problem(): string | undefined;
}

/** Starts to deliver `{ids: […]}` about twice a second. */
export function openAcceptedIds(url: URL, headers: Record<string, string>): AcceptedIds {
  const connections = openConnections(url);
  const waiting: string[] = [];
  let lost = 0;
  let failure = '';
  let delivering: Promise<void> = Promise.resolve();
  let timer = setTimeout(repeat, everyMs);

  async function deliverBatch(): Promise<boolean> {
    const ids = waiting.slice(0, batchMax);
    const request = { url, method: 'POST', headers, connections, body: JSON.stringify({ ids }) };
    const answer = await exchange({ ...request, timeoutMs: deliveryTimeoutMs });
    if (!answer.failure && answer.status >= 200 && answer.status < 300) {
      waiting.splice(0, ids.length);
      return true;
    }
    failure = answer.failure ? describeFailure(answer.failure) : `status ${answer.status}`;
    return false;
  }

  async function deliverWaiting(): Promise<void> {
    while (waiting.length > 0 && (await deliverBatch()));
  }

  function repeat(): void {
    delivering = deliverWaiting().then(() => {
      timer = setTimeout(repeat, everyMs);
    });
  }

  return {
    add(id) {
      if (waiting.length < waitingMax) waiting.push(id);
      else lost += 1;
    },
    async close() {
      clearTimeout(timer);
      await delivering;
      clearTimeout(timer);
      const giveUpAtMs = performance.now() + closeWithinMs;
      while (waiting.length > 0 && performance.now() < giveUpAtMs) {
        await deliverWaiting();
        if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, everyMs / 2));
      }
      connections.destroy();
    },
    problem() {
      const missing = waiting.length + lost;
      if (missing === 0) return undefined;
      return `${missing} ids of answered requests could not be delivered to ${describeUrl(url)} (${failure})`;
    },
  };
}
