/**
 * After a pause of the event loop at most this much of the schedule is caught up; the rest is never sent. It would be
 * a burst that no author asked for, and it would blame the system for our own pause.
 */
export const catchUpMaxMs = 200;

/** A constant-rate schedule: request n is due at `startedAtMs + n × intervalMs`. */
export interface Pace {
  startedAtMs: number;
  intervalMs: number;
  /** The first request that was neither started nor given up. */
  next: number;
}

/** The scheduled instants of the requests to start now, and the pace that follows; pure. */
export function dueRequests(pace: Pace, nowMs: number): { scheduledAtMs: number[]; pace: Pace } {
  const dueAtMs = (n: number) => pace.startedAtMs + n * pace.intervalMs;
  const last = Math.floor((nowMs - pace.startedAtMs) / pace.intervalMs);
  if (last < pace.next) return { scheduledAtMs: [], pace };
  const oldest = Math.ceil((nowMs - catchUpMaxMs - pace.startedAtMs) / pace.intervalMs);
  const first = Math.min(Math.max(pace.next, oldest), last);
  const scheduledAtMs = Array.from({ length: last - first + 1 }, (_, offset) => {
    return Math.max(dueAtMs(first + offset), nowMs - catchUpMaxMs);
  });
  return { scheduledAtMs, pace: { ...pace, next: last + 1 } };
}

/** Starts requests on schedule until stopped; `start` is told when each was due, on the clock of `performance.now()`. */
export function startPacer(perSecond: number, start: (scheduledAtMs: number) => void): { stop(): void } {
  let pace: Pace = { startedAtMs: performance.now(), intervalMs: 1000 / perSecond, next: 0 };
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    const due = dueRequests(pace, performance.now());
    pace = due.pace;
    const nextAtMs = pace.startedAtMs + pace.next * pace.intervalMs;
    timer = setTimeout(tick, Math.max(0, nextAtMs - performance.now()));
    due.scheduledAtMs.forEach(start);
  };
  tick();
  return { stop: () => clearTimeout(timer) };
}
