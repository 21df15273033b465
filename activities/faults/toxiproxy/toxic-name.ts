import { z } from 'zod';
import { canonicalJson } from '../../../src/domain/json';
import type { Injection } from '../../../src/domain/injection';
import { readInjection } from '../injection-record';
import { streamOf, targetOf } from './targets';

/** What every toxic of any Gameday is called first. */
export const prefix = 'gd-';
const pattern = /^gd-([a-z0-9-]{1,40})\.([a-z-]+)\.([0-9a-z]+)\.([A-Za-z0-9_-]+)(\.armed)?$/;
const text = z.string();
const stream = z.enum(['downstream', 'upstream']);
const packed = z.tuple([text, text, text, text, text, text, z.number(), stream, z.json()]);

/**
 * The name of an injection's toxic: `gd-<injectionId>.<harm>.<notAfter>.<the rest>`. A toxic carries nothing but a name, so
 * this holds all that a sweep needs which is not to be seen otherwise; notAfter is in milliseconds, in base 36.
 */
export function toxicName(injection: Injection): string {
  const { injectionId, fault, notAfter } = injection;
  const harm = fault.slice(fault.indexOf('/') + 1);
  return `${prefix}${injectionId}.${harm}.${Date.parse(notAfter).toString(36)}.${pack(injection)}`;
}

/** The name of the harmless marker beside it, for harms that are felt even when no connection is to meet them. */
export function markerName(injection: Injection): string {
  return `${toxicName(injection)}.armed`;
}

/** The injection that a toxic of this name stands for, or undefined when the name is anybody else's or does not fit the proxy. */
export function injectionNamed(name: string, proxy: string): Injection | undefined {
  const [, injectionId = '', harm = '', notAfter = '', rest = '', armed = ''] = pattern.exec(name) ?? [];
  const injection = unpack(rest, {
    injectionId,
    fault: `toxiproxy/${harm}`,
    notAfterMs: parseInt(notAfter, 36),
    proxy,
  });
  return injection && `${toxicName(injection)}${armed}` === name ? injection : undefined;
}

/** Which kind of fault a name claims; undefined when it does not say. */
export function kindIn(name: string): string | undefined {
  const harm = pattern.exec(name)?.[2];
  return harm === undefined ? undefined : `toxiproxy/${harm}`;
}

function pack(injection: Injection): string {
  const { experimentId, environment, home, lockKey, preparedAt, hardStopAt, leaseMs, params } = injection;
  const { stream } = streamOf(injection.targets);
  const rest = [experimentId, environment, home, lockKey, preparedAt, hardStopAt, leaseMs, stream, params];
  return Buffer.from(canonicalJson(rest)).toString('base64url');
}

interface Readable {
  injectionId: string;
  fault: string;
  notAfterMs: number;
  proxy: string;
}

function unpack(encoded: string, { injectionId, fault, notAfterMs, proxy }: Readable): Injection | undefined {
  const rest = packed.safeParse(parseJson(Buffer.from(encoded, 'base64url').toString('utf8'))).data;
  if (rest === undefined || Number.isNaN(new Date(notAfterMs).getTime())) return undefined;
  const [experimentId, environment, home, lockKey, preparedAt, hardStopAt, leaseMs, stream, params] = rest;
  if (!lockKey.endsWith(`/${proxy}`)) return undefined;
  const targets = [targetOf(lockKey, { proxy, stream })];
  const told = { experimentId, environment, home, lockKey, preparedAt, hardStopAt, leaseMs, params };
  const notAfter = new Date(notAfterMs).toISOString();
  return readInjection(JSON.stringify({ ...told, injectionId, fault, targets, notAfter, originals: {} }));
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
