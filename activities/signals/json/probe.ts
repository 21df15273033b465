import type { Reading } from '../../../src/domain/signal';
import type { Probe, ProbeContext } from '../../../src/domain/signal-provider';
import { withBaggage } from '../baggage';
import { blindProbe } from '../blind-probe';
import { openConnections } from '../connections';
import { durationMs } from '../duration';
import { exchange } from '../exchange';
import { resolveHeaders } from '../headers';
import { describeUrl, requireHttpUrl } from '../http-url';
import { knownReading, unknownReading, type Asked } from '../reading';
import type { JsonQuery } from './query';
import { readAnswer } from './read-answer';

const bodyBytesMax = 1_048_576;

/** Opens a probe that fetches on every read; reads of the same instant share one fetch. */
export async function openJsonProbe(query: JsonQuery, context: ProbeContext): Promise<Probe> {
  const url = requireHttpUrl(query.url, 'url');
  const resolved = await resolveHeaders({ accept: 'application/json', ...query.headers }, context.connection);
  if ('problem' in resolved) return blindProbe(resolved.problem);
  return fetchOnRead(query, url, withBaggage(resolved.headers, context.experimentId), context.signal);
}

function fetchOnRead(query: JsonQuery, url: URL, headers: Record<string, string>, ended: AbortSignal): Probe {
  const connections = openConnections(url);
  const closed = new AbortController();
  const signal = AbortSignal.any([ended, closed.signal]);
  const timeoutMs = durationMs(query.timeout);
  const fetchValue = async () => {
    if (signal.aborted) return { state: 'error' as const, reason: 'the probe is closed' };
    const request = { url, headers, connections, method: query.method, timeoutMs, signal };
    const answer = await exchange({ ...request, keepBytesMax: bodyBytesMax });
    return readAnswer(query, answer, Date.now());
  };
  let latest: { atMs: number; value: ReturnType<typeof fetchValue> } | undefined;
  return {
    async read(asked, at) {
      if (latest?.atMs !== at.getTime()) latest = { atMs: at.getTime(), value: fetchValue() };
      return readingOf(asked, at, await latest.value, `${query.method} ${describeUrl(url)}`);
    },
    close() {
      closed.abort();
      connections.destroy();
      return Promise.resolve();
    },
  };
}

function readingOf(asked: Asked, at: Date, found: ReturnType<typeof readAnswer>, request: string): Reading {
  if ('value' in found) return knownReading(asked, at, found.value, 1);
  return unknownReading(asked, at, found.state, `${request}: ${found.reason}`);
}
