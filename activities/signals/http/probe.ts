import type { Probe, ProbeContext } from '../../../src/domain/signal-provider';
import { withBaggage } from '../baggage';
import { blindProbe } from '../blind-probe';
import { resolveHeaders } from '../headers';
import { requireHttpUrl } from '../http-url';
import { unknownReading } from '../reading';
import { openAcceptedIds, type AcceptedIds } from './accepted-ids';
import { startClient, type Client } from './client';
import type { HttpQuery } from './query';
import { readWindow } from './read-window';
import { makeRequest } from './request';
import { Samples } from './samples';

/**
 * Starts the synthetic client. After close (or once the observation ends) it still reads: a last reading taken then
 * knows every request, and is an error when ids of answered requests could not be delivered.
 */
export async function openHttpProbe(query: HttpQuery, context: ProbeContext): Promise<Probe> {
  makeRequest(query, {}, 'first');
  const acceptedUrl = query.accepted === undefined ? undefined : requireHttpUrl(query.accepted, 'accepted');
  const resolved = await resolveHeaders(query.headers, context.connection);
  if ('problem' in resolved) return blindProbe(resolved.problem);
  if (context.signal.aborted) return blindProbe('the observation had ended before the probe was opened');
  const baggage = withBaggage({}, context.experimentId);
  const accepted = acceptedUrl && openAcceptedIds(acceptedUrl, baggage);
  const probe = observe(query, withBaggage(resolved.headers, context.experimentId), accepted);
  context.signal.addEventListener('abort', () => void probe.close(), { once: true });
  return probe;
}

function observe(query: HttpQuery, headers: Record<string, string>, accepted: AcceptedIds | undefined): Probe {
  const samples = new Samples();
  const startedAtMs = Date.now();
  const client = startClient(query, headers, ({ id, ...sample }, status) => {
    samples.add(accepted ? { ...sample, id } : sample);
    if (status !== undefined && status >= 200 && status < 300) accepted?.add(id);
  });
  let closing: Promise<void> | undefined;
  let isClosed = false;
  return {
    async read(asked, at) {
      const problem = isClosed ? accepted?.problem() : undefined;
      if (problem !== undefined) return unknownReading(asked, at, 'error', problem);
      return readWindow(samples, startedAtMs, asked, at);
    },
    drain: () => samples.drain(),
    close: () => (closing ??= closeAll(client, accepted).then(() => void (isClosed = true))),
  };
}

async function closeAll(client: Client, accepted: AcceptedIds | undefined): Promise<void> {
  await client.close();
  await accepted?.close();
}
