import { z, type ZodType } from 'zod';
import type { Catalogue } from '../domain/catalogue';
import type { PlannedProbe, PlannedSignal } from '../domain/signal';
import type { Measure, SignalProvider } from '../domain/signal-provider';
import { byKey } from './by-key';
import { duration } from './duration';
import { finding, oneOf, show, type Finding, type Path } from './finding';
import { atMost, slug } from './names';
import { didYouMean } from './nearest';
import { plainJson } from './plain-json';
import { writtenTolerance, type WrittenTolerance } from './tolerance';

/** A signal in its shape: a probe of its own, or another measure of a probe that another signal declared. */
export interface WrittenSignal {
  provider?: string;
  query?: unknown;
  from?: string;
  measure?: string;
  windowMs: number;
  everyMs: number;
}

const rhythm = {
  measure: z.string().optional(),
  window: duration({ min: '100ms', max: '1h' }).prefault('5s'),
  every: duration({ min: '100ms', max: '1h' }).prefault('1s'),
};

type Rhythm = { measure?: string | undefined; window: number; every: number };

/** The shape of one signal, with the query of every provider in place. */
function signalShape(catalogue: Catalogue): ZodType<WrittenSignal> {
  const from = z
    .strictObject({ from: z.string(), ...rhythm })
    .transform((signal): WrittenSignal => ({ from: signal.from, ...timesOf(signal) }));
  const own = catalogue.signals.map((provider) => [provider.kind, ownProbeShape(provider, {})] as const);
  return byKey<WrittenSignal>({ ...Object.fromEntries(own), from });
}

/** A blocker in its shape: a signal with a probe of its own, and what it must say for an experiment to go on. */
export type WrittenBlocker = WrittenSignal & { expect: WrittenTolerance };

/** The shape of one blocker, with the query of every provider in place. */
export function blockerShape(catalogue: Catalogue): ZodType<WrittenBlocker> {
  const shapes = catalogue.signals.map((provider) => {
    const shape = ownProbeShape(provider, { expect: writtenTolerance });
    return [provider.kind, shape.transform((blocker) => ({ ...blocker, expect: blocker.expect ?? never }))] as const;
  });
  return byKey<WrittenBlocker>(Object.fromEntries(shapes));
}

// Stands for an `expect` that the strict shape above has already required.
const never: WrittenTolerance = { operator: '==', bound: { kind: 'word', value: '' }, text: '' };

type OwnProbe = WrittenSignal & { expect?: WrittenTolerance };

function ownProbeShape({ kind, query }: SignalProvider, more: Record<string, ZodType>): ZodType<OwnProbe> {
  const own: Record<string, ZodType> = { [kind]: query };
  return z.strictObject({ ...rhythm, ...more, ...own }).transform((signal: Record<string, unknown>): OwnProbe => {
    const { expect, ...rest } = beside.parse(signal);
    return { provider: kind, query: signal[kind], ...timesOf(rest), ...(expect && { expect }) };
  });
}

// What stands beside the query, already checked and parsed by the strict shape.
const beside = z.object({
  measure: z.string().optional(),
  window: z.number(),
  every: z.number(),
  expect: z.custom<WrittenTolerance>().optional(),
});

function timesOf({ measure, window, every }: Rhythm) {
  return { windowMs: window, everyMs: every, ...(measure === undefined ? {} : { measure }) };
}

/** The shape of `signals`. */
export function signalsShape(catalogue: Catalogue) {
  return atMost(100, z.record(slug, signalShape(catalogue)));
}

/** The probes and signals of a plan, with the measure behind each signal. */
export interface PlannedSignals {
  probes: PlannedProbe[];
  signals: PlannedSignal[];
  measures: Map<string, Measure>;
  findings: Finding[];
}

/** Plans the declared signals; `from` chains end at the probe that some signal declares. */
export function planSignals(
  written: Record<string, WrittenSignal>,
  catalogue: Catalogue,
  declared: readonly string[] = Object.keys(written),
): PlannedSignals {
  const planned: PlannedSignals = { probes: [], signals: [], measures: new Map(), findings: [] };
  for (const [name, signal] of Object.entries(written)) {
    if (signal.provider !== undefined)
      planned.probes.push({ id: name, kind: signal.provider, query: plainJson(signal.query) });
    planSignal(name, { written, declared, catalogue }, planned);
  }
  return planned;
}

/** The signals in shape, and the names of all; what is wrong with the others has been said. */
interface DeclaredSignals {
  written: Record<string, WrittenSignal>;
  declared: readonly string[];
}

function planSignal(
  name: string,
  { written, declared, catalogue }: DeclaredSignals & { catalogue: Catalogue },
  planned: PlannedSignals,
): void {
  const origin = originOf(name, { written, declared }, planned.findings);
  const provider = catalogue.signals.find((one) => one.kind === origin?.signal.provider);
  const signal = written[name];
  if (!origin || !provider || !signal) return;
  const chosen = chooseMeasure(provider, signal.measure, ['signals', name, 'measure']);
  if ('message' in chosen) return void planned.findings.push(chosen);
  planned.measures.set(name, chosen.measure);
  const { windowMs, everyMs } = signal;
  planned.signals.push({
    name,
    probe: origin.name,
    measure: chosen.name,
    windowMs,
    everyMs,
    unit: chosen.measure.unit,
  });
}

function originOf(
  name: string,
  { written, declared }: DeclaredSignals,
  findings: Finding[],
): { name: string; signal: WrittenSignal } | undefined {
  const seen: string[] = [];
  for (let at = name; ;) {
    const signal = Object.hasOwn(written, at) ? written[at] : undefined;
    if (!signal || signal.from === undefined) return signal && { name: at, signal };
    seen.push(at);
    const wrong = wrongOrigin(signal.from, seen, declared);
    // What is wrong further down the chain is said there.
    if (wrong && at === name) findings.push(finding(['signals', name, 'from'], wrong.message, wrong.hint));
    if (wrong) return undefined;
    at = signal.from;
  }
}

function wrongOrigin(
  from: string,
  seen: string[],
  known: readonly string[],
): { message: string; hint?: string | undefined } | undefined {
  const circle = [...seen.slice(seen.indexOf(from)), from].join(' → ');
  if (seen.includes(from)) return { message: `expected a signal measured elsewhere, found a circle: ${circle}` };
  if (known.includes(from)) return undefined;
  return { message: `expected a declared signal, ${oneOf(known)}, found ${show(from)}`, hint: didYouMean(from, known) };
}

/** The measure asked for, or the provider's first. */
export function chooseMeasure(
  provider: SignalProvider,
  asked: string | undefined,
  path: Path,
): { name: string; measure: Measure } | Finding {
  const known = Object.keys(provider.measures);
  const name = asked ?? known[0] ?? '';
  const measure = Object.hasOwn(provider.measures, name) ? provider.measures[name] : undefined;
  if (measure) return { name, measure };
  return finding(path, `expected ${oneOf(known)} of ${provider.kind}, found ${show(name)}`, didYouMean(name, known));
}
