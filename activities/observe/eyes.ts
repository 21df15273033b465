import type { PlannedSignal, Reading } from '../../src/domain/signal';
import type { Probe } from '../../src/domain/signal-provider';
import type { ObserveInput } from '../contract';
import { openProbe } from '../open-probe';
import type { Tools } from '../tools';

/** A provider that has not answered by then gives an unknown reading, so that a slow one never holds up the rest. */
const readTimeoutMs = 3_000;

/** The running probes of one observation. */
export class Eyes {
  private constructor(
    private readonly probes: Map<string, Probe>,
    private readonly windowed: Set<string>,
  ) {}

  /** Starts every probe of the plan. */
  static async open(tools: Tools, input: ObserveInput): Promise<Eyes> {
    const { plan, environment, experimentId } = input;
    const probes = new Map<string, Probe>();
    for (const planned of plan.probes)
      probes.set(planned.id, await openProbe(tools, environment, experimentId, planned));
    return new Eyes(probes, windowedSignals(tools, input));
  }

  /** Whether a reading of this signal aggregates everything inside its window. */
  isWindowed(signal: PlannedSignal): boolean {
    return this.windowed.has(signal.name);
  }

  /** Reads a signal over the window that ends now; never throws. */
  async read(signal: PlannedSignal, windowMs: number, atMs: number): Promise<Reading> {
    const unknown = (reason: string): Reading => {
      const at = new Date(atMs).toISOString();
      return { signal: signal.name, at, windowMs, state: 'error', reason };
    };
    const probe = this.probes.get(signal.probe);
    if (!probe) return unknown(`no probe ${signal.probe} is running`);
    const late = lateAnswer(unknown(`no answer within ${readTimeoutMs / 1000} s`));
    const query = { signal: signal.name, measure: signal.measure, windowMs };
    const reading = await Promise.race([probe.read(query, new Date(atMs)), late.answer]);
    late.cancel();
    return reading;
  }

  /** Raw observations of the probe that this signal declared, since the last call. */
  drain(signal: PlannedSignal) {
    return signal.probe === signal.name ? (this.probes.get(signal.probe)?.drain?.() ?? []) : [];
  }

  /** Ends every probe and delivers what is under way. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.probes.values()].map((probe) => probe.close()));
  }
}

function windowedSignals(tools: Tools, { plan }: ObserveInput): Set<string> {
  const isWindowed = (signal: PlannedSignal): boolean => {
    const kind = plan.probes.find((probe) => probe.id === signal.probe)?.kind;
    const provider = tools.catalogue.signals.find((one) => one.kind === kind);
    return provider?.measures[signal.measure]?.isWindowed ?? false;
  };
  return new Set(plan.signals.filter(isWindowed).map((signal) => signal.name));
}

function lateAnswer(reading: Reading): { answer: Promise<Reading>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<Reading>((resolve) => {
    timer = setTimeout(() => resolve(reading), readTimeoutMs);
  });
  return { answer, cancel: () => clearTimeout(timer) };
}
