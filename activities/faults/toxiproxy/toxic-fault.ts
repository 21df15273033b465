import { z } from 'zod';
import type { AnyFaultDriver, DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import { defineFault } from '../define-fault';
import { refuseAll } from '../refused';
import { listToxicFaults } from './list-toxic-faults';
import { activateToxic, armToxic } from './place-toxic';
import { removeToxic } from './remove-toxic';
import { toxiproxy, toxiproxySelector, type ToxiproxyConnection } from './system';
import { elsewhere, streamOf } from './targets';
import { readToxicStatus, type ToxicCall } from './toxic-call';
import { markerName, toxicName } from './toxic-name';
import { surveyStream } from './toxic-survey';
import { ToxiproxyClient } from './toxiproxy-client';

/** The share of connections that meets the fault, on average; drawn for each connection, not for each request. */
export const percent = z.number().min(0.01).max(100).default(100);

/** What one kind of harm adds to all that toxics have in common. */
export interface ToxicHarm<Params extends { percent: number }> {
  /** Second half of the kind. */
  harm: string;
  summary: string;
  params: z.ZodType<Params>;
  /** Toxiproxy's name for it. */
  type: string;
  attributesOf(params: Params): Record<string, number>;
  /** True where the mere presence of the toxic is felt although no connection is to meet it. */
  isFeltAtZero: boolean;
}

/** How long taking back what a late request may have left goes on after the call's own time. */
const cleanUpWithinMs = 3_000;

type Tools = DriverTools<ToxiproxyConnection>;

/** A toxic that does nothing and that nobody meets. */
const nothing = { type: 'latency', toxicity: 0, attributes: { latency: 0, jitter: 0 } };

/** Makes the driver of one kind of toxic. */
export function defineToxicFault<Params extends { percent: number }>(harm: ToxicHarm<Params>): AnyFaultDriver {
  const { summary, params: schema, type } = harm;
  const kind = `${toxiproxy.name}/${harm.harm}`;
  const callOf = (injection: Injection, { connection, signal, now }: Tools): ToxicCall => {
    const params = schema.parse(injection.params);
    const { proxy, stream } = streamOf(injection.targets);
    const attributes = harm.attributesOf(params);
    const toxic = { name: toxicName(injection), type, stream, toxicity: params.percent / 100, attributes };
    const marker = harm.isFeltAtZero ? { ...nothing, stream, name: markerName(injection) } : toxic;
    const where = elsewhere(connection.url, injection.lockKey, proxy);
    return {
      ...{ injection, proxy, marker, harm: toxic, share: shareIn(params.percent), now },
      client: new ToxiproxyClient(connection.url, signal),
      cleanUpClient: () => new ToxiproxyClient(connection.url, AbortSignal.timeout(cleanUpWithinMs)),
      ...(where !== undefined && { elsewhere: where }),
    };
  };
  return defineFault({
    ...{ kind, summary, system: toxiproxy, params: schema, selector: toxiproxySelector },
    capabilities: {
      expiry: 'none',
      // A marker of its own is looked for before and after, which leaves an instant; one request alone is a fence.
      hasFence: !harm.isFeltAtZero,
      isReversible: true,
      countsHits: false,
      scope: 'one direction of one proxy; a share below 100 % is drawn for each connection, so it bounds no traffic',
    },
    survey: ({ target }, tools) => surveyStream(target, tools),
    prepare: async (prepared, tools) => {
      const { refusals } = await surveyStream(streamOf(prepared.targets), tools);
      refuseAll(`cannot prepare ${prepared.injectionId}`, refusals);
      return { ...prepared, originals: {}, preparedAt: new Date(tools.now()).toISOString() };
    },
    arm: async (injection, tools) => armToxic(callOf(injection, tools)),
    inject: async (injection, tools) => activateToxic(callOf(injection, tools)),
    status: async (injection, tools) => readToxicStatus(callOf(injection, tools)),
    rollback: async (injection, tools) => removeToxic(callOf(injection, tools)),
    listFaults: (tools) => listToxicFaults(kind, tools),
  });
}

/** Toxiproxy counts no connections and does not tell which ones it drew, so below 100 % nobody knows the share it reached. */
function shareIn(percent: number): string {
  return percent === 100
    ? 'it reaches every connection: 100 %'
    : `each connection was drawn with a chance of ${percent} %; Toxiproxy does not tell which, so the share it reached is unknown`;
}
