import type { PlannedSignal, Reading } from '../../src/domain/signal';
import type { ObserveInput } from '../contract';
import type { SeriesSink } from '../tools';
import type { Eyes } from './eyes';

/** Readings are handed on this often, so that a killed worker loses little. */
const flushEveryMs = 1_000;
/** Attempts number their chunks apart, so that two that overlap never overwrite each other. */
const chunksPerAttempt = 1_000_000;

/** Hands the full series of one observation to the store's sink, in small numbered chunks. */
export class SeriesWriter {
  private readonly waiting = new Map<string, Reading[]>();
  private next: number;
  private flushedAtMs = 0;
  written = 0;

  constructor(
    private readonly sink: SeriesSink,
    private readonly input: ObserveInput,
    attempt: number,
    written: number,
  ) {
    this.next = attempt * chunksPerAttempt;
    this.written = written;
  }

  /** Keeps a reading for the next chunk of its signal. */
  add(reading: Reading): void {
    const readings = this.waiting.get(reading.signal) ?? [];
    this.waiting.set(reading.signal, [...readings, reading]);
  }

  /** Hands on what is waiting, when it is time or when `isLast`. */
  flush(eyes: Eyes, nowMs: number, isLast = false): void {
    if (!isLast && nowMs - this.flushedAtMs < flushEveryMs) return;
    this.flushedAtMs = nowMs;
    for (const signal of this.input.plan.signals) this.flushSignal(eyes, signal);
    this.waiting.clear();
  }

  private flushSignal(eyes: Eyes, signal: PlannedSignal): void {
    const readings = this.waiting.get(signal.name) ?? [];
    const samples = eyes.drain(signal);
    if (readings.length + samples.length === 0) return;
    const { experimentId, id } = this.input;
    const number = this.next++;
    this.sink.write({ experimentId, observation: id, signal: signal.name, number, readings, samples });
    this.written += 1;
  }
}
