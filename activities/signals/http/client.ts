import { randomUUID } from 'node:crypto';
import { openConnections } from '../connections';
import { durationMs } from '../duration';
import { exchange, type Exchanged } from '../exchange';
import { isExpected, ratePerSecond, type HttpQuery } from './query';
import { startPacer } from './pacer';
import { makeRequest } from './request';
import type { Outcome, Sample } from './sample';

/** How many requests may wait for an answer at once: more than the highest rate needs with the default time-out. */
const inFlightMax = 500;

/** A running synthetic client. */
export interface Client {
  /** Starts nothing more, waits for what is under way (as long as the time-out at most) and closes the connections. */
  close(): Promise<void>;
}

/** What a client tells of each request that ended. */
type OnEnd = (sample: Sample & { id: string }, status: number | undefined) => void;

/** Sends requests on schedule until closed. Errors: the url is no address. */
export function startClient(query: HttpQuery, headers: Record<string, string>, onEnd: OnEnd): Client {
  const connections = openConnections(makeRequest(query, headers, 'first').url);
  const timeoutMs = durationMs(query.timeout);
  const inFlight = new Set<Promise<void>>();
  const send = async (scheduledAtMs: number) => {
    const { id, ...request } = makeRequest(query, headers, randomUUID());
    const answer = await exchange({ ...request, method: query.method, timeoutMs, connections });
    onEnd(sampleOf(id, scheduledAtMs, outcomeOf(query, answer)), answer.failure ? undefined : answer.status);
  };
  const start = (scheduledAtMs: number) => {
    if (inFlight.size >= inFlightMax) return onEnd(overflowOf(timeoutMs), undefined);
    const sending = send(scheduledAtMs).finally(() => inFlight.delete(sending));
    inFlight.add(sending);
  };
  const pacer = startPacer(ratePerSecond(query.rate), start);
  return {
    async close() {
      pacer.stop();
      await Promise.all(inFlight);
      connections.destroy();
    },
  };
}

function outcomeOf(query: HttpQuery, answer: Exchanged): Outcome {
  if (answer.failure) return answer.failure;
  if (isExpected(query.expectStatus, answer.status)) return 'ok';
  return `status-${Math.floor(answer.status / 100)}xx`;
}

function sampleOf(id: string, scheduledAtMs: number, outcome: Outcome): Sample & { id: string } {
  const latencyMs = Math.round((performance.now() - scheduledAtMs) * 1000) / 1000;
  return { completedAtMs: Date.now(), latencyMs, outcome, id };
}

/** Never started, so it waited for nothing; it counts with the time-out, because a low latency would flatter the system. */
function overflowOf(timeoutMs: number): Sample & { id: string } {
  return { completedAtMs: Date.now(), latencyMs: timeoutMs, outcome: 'overflow', id: randomUUID() };
}
