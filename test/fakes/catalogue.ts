import { z } from 'zod';
import type { Catalogue } from '../../src/domain/catalogue';
import type { AnyFaultDriver, Capabilities, FaultSystem } from '../../src/domain/fault-driver';
import type { Json } from '../../src/domain/json';
import type { Measure, SignalProvider } from '../../src/domain/signal-provider';

const address = z.strictObject({ url: z.url(), token: z.string().min(1) });

const sdk: FaultSystem = {
  name: 'sdk',
  summary: 'Fault points inside an application.',
  connection: z.record(z.string(), address),
  optIn: z.strictObject({ service: z.string(), points: z.array(z.string()).min(1) }),
};

const noop: FaultSystem = {
  name: 'noop',
  summary: 'A directory in which a file stands for a fault.',
  connection: z.strictObject({ directory: z.string().min(1), pin: z.string().meta({ isSecret: true }).optional() }),
  optIn: z.strictObject({ name: z.string() }),
};

const percent = z.number().gt(0).max(100).default(100);
const point = z.strictObject({ service: z.string(), point: z.string() });

/** A catalogue whose plug-ins have shapes and no behaviour. */
export const fakeCatalogue: Catalogue = {
  faults: [
    fakeDriver('sdk/error', sdk, z.strictObject({ status: z.int().min(400).max(599).default(503), percent }), point),
    fakeDriver('sdk/latency', sdk, z.strictObject({ delay: z.string(), percent }), point),
    fakeDriver('noop/nothing', noop, z.strictObject({}), z.strictObject({ name: z.string() }), { isHarmless: true }),
  ],
  signals: [
    fakeProvider(
      'http',
      z.strictObject({ url: z.url(), method: z.enum(['GET', 'POST']).default('GET'), rate: z.string() }),
      {
        'success-ratio': { summary: 'Share of successes.', unit: 'ratio', isWindowed: true, better: 'more' },
        p95: { summary: 'Latency.', unit: 'ms', isWindowed: true, better: 'less' },
        rate: { summary: 'Answers.', unit: 'per-second', isWindowed: true },
      },
    ),
    fakeProvider('json', z.strictObject({ url: z.url(), path: z.string() }), {
      value: { summary: 'The value.', unit: 'value', isWindowed: false },
    }),
  ],
};

function fakeDriver(
  kind: string,
  system: FaultSystem,
  params: z.ZodType,
  selector: z.ZodType,
  more: Partial<Capabilities> = {},
): AnyFaultDriver {
  const capabilities = {
    expiry: 'lease',
    hasFence: true,
    isReversible: true,
    countsHits: true,
    scope: 'one',
    ...more,
  } as const;
  const unused = () => Promise.reject(new Error('a fake driver has no behaviour'));
  const behaviour = {
    survey: unused,
    prepare: unused,
    inject: unused,
    status: unused,
    rollback: unused,
    listFaults: unused,
  };
  return { kind, summary: `The harm ${kind}.`, system, params, selector, capabilities, ...behaviour };
}

function fakeProvider(kind: string, query: z.ZodType<Json>, measures: Record<string, Measure>): SignalProvider {
  const open = () => Promise.reject(new Error('a fake provider has no behaviour'));
  return { kind, summary: `Readings from ${kind}.`, query, measures, open };
}
