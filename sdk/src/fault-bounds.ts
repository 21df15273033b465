/** The limits that no rule can exceed, whoever sends it; delays are milliseconds, percent is of sampled calls. */
export interface FaultBounds {
  delayMaxMs: number;
  percentMax: number;
  concurrentMax: number;
}

const usualBounds: FaultBounds = { delayMaxMs: 30_000, percentMax: 100, concurrentMax: 500 };

/** Fills what the application left open; a value that is no sensible limit counts as left open. */
export function completeBounds(given: Partial<FaultBounds> | undefined): FaultBounds {
  return {
    delayMaxMs: limit(given?.delayMaxMs, usualBounds.delayMaxMs),
    percentMax: Math.min(limit(given?.percentMax, usualBounds.percentMax), 100),
    concurrentMax: limit(given?.concurrentMax, usualBounds.concurrentMax),
  };
}

function limit(given: number | undefined, usual: number): number {
  return typeof given === 'number' && given >= 0 ? given : usual;
}
