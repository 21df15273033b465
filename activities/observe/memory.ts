import type { Gap, WatchedFault } from '../../src/domain/observation';
import { gapMinMs } from '../../src/domain/sight';
import type { Reading } from '../../src/domain/signal';
import type { WatchState } from '../../src/domain/watch';
import type { ObserveInput } from '../contract';
import type { Ended } from './look';

/** What one signal has done so far. */
interface Tally {
  known: number;
  unknown: number;
  min?: number;
  max?: number;
  last?: Reading;
  /** When it was last known, in milliseconds since the epoch. */
  sightAtMs: number;
}

/** What an observation must not forget when its worker dies: the details of every heartbeat. Plain JSON, a few KB. */
export interface Memory {
  startedAtMs: number;
  lastLookAtMs: number;
  heldFromMs?: number;
  /** When the first fault came into effect; the hold begins with the last. */
  effectFromMs?: number;
  /** Before the hold: when every injection last said how it stands. */
  answeredAtMs?: number;
  isWatchingTold: boolean;
  watch: WatchState;
  tallies: Record<string, Tally>;
  gaps: Gap[];
  temporalAway: Gap[];
  faults: Record<string, WatchedFault>;
  /** For a recovery: consecutive rounds inside, when the first of them was, and when the last round was over. */
  inside: { count: number; firstAt?: string; roundAt?: string };
  chunks: number;
  /** How it ended, once it has; only the conclusion was still to come. */
  ended?: Ended;
}

/** Starts afresh, or goes on where the last heartbeat of an earlier attempt was; the next look notes what lies between. */
export function rememberOrStart(input: ObserveInput, remembered: unknown, nowMs: number): Memory {
  return isMemory(remembered) ? remembered : fresh(input, nowMs);
}

/** Notes that nobody looked for a while, when it was long enough to matter; gives the length of the pause. */
export function noteGap(memory: Memory, nowMs: number): number {
  const pauseMs = nowMs - memory.lastLookAtMs;
  if (pauseMs >= gapMinMs) memory.gaps.push(gapBetween(memory.lastLookAtMs, nowMs));
  memory.lastLookAtMs = nowMs;
  return pauseMs;
}

/** The time between two instants, as the evidence holds it. */
export function gapBetween(fromMs: number, toMs: number): Gap {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  return { from, to, seconds: Math.round((toMs - fromMs) / 100) / 10 };
}

/** Adds a reading to the tally of its signal. */
export function tallyReading(memory: Memory, reading: Reading): void {
  const tally = memory.tallies[reading.signal];
  if (!tally) return;
  tally.last = reading;
  if (reading.state !== 'ok') {
    tally.unknown += 1;
    return;
  }
  tally.known += 1;
  tally.sightAtMs = Date.parse(reading.at);
  if (typeof reading.value !== 'number') return;
  tally.min = Math.min(tally.min ?? reading.value, reading.value);
  tally.max = Math.max(tally.max ?? reading.value, reading.value);
}

function fresh(input: ObserveInput, nowMs: number): Memory {
  const blank = (): Tally => ({ known: 0, unknown: 0, sightAtMs: nowMs });
  return {
    startedAtMs: nowMs,
    lastLookAtMs: nowMs,
    isWatchingTold: false,
    watch: {},
    tallies: Object.fromEntries(input.plan.signals.map(({ name }) => [name, blank()])),
    gaps: [],
    temporalAway: [],
    faults: {},
    inside: { count: 0 },
    chunks: 0,
  };
}

function isMemory(value: unknown): value is Memory {
  return typeof value === 'object' && value !== null && 'lastLookAtMs' in value && 'tallies' in value;
}
