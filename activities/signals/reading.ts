import type { KnownReading, UnknownReading } from '../../src/domain/signal';

/** What a reading was asked for: which signal, over which window. */
export interface Asked {
  signal: string;
  windowMs: number;
}

/** A reading with a value that rests on `n` observations. */
export function knownReading(asked: Asked, at: Date, value: number | string, n: number): KnownReading {
  return { signal: asked.signal, at: at.toISOString(), windowMs: asked.windowMs, state: 'ok', value, n };
}

/** A reading without a value, and why in plain words; an instant that is none is shown as the epoch. */
export function unknownReading(asked: Asked, at: Date, state: UnknownReading['state'], reason: string): UnknownReading {
  const instant = Number.isNaN(at.getTime()) ? new Date(0) : at;
  return { signal: asked.signal, at: instant.toISOString(), windowMs: asked.windowMs, state, reason };
}
