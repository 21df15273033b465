import { catchUpMaxMs, dueRequests, type Pace } from '../../../activities/signals/http/pacer';

const twentyPerSecond: Pace = { startedAtMs: 1000, intervalMs: 50, next: 0 };

describe('the pacer', () => {
  it('starts the first request at once and each next one an interval later', () => {
    const first = dueRequests(twentyPerSecond, 1000);
    expect(first.scheduledAtMs).toEqual([1000]);
    expect(dueRequests(first.pace, 1049).scheduledAtMs).toEqual([]);
    expect(dueRequests(first.pace, 1050).scheduledAtMs).toEqual([1050]);
  });

  it('keeps the schedule of a request that starts late', () => {
    expect(dueRequests({ ...twentyPerSecond, next: 1 }, 1110).scheduledAtMs).toEqual([1050, 1100]);
  });

  it('catches up a bounded part after a long pause and gives the rest up', () => {
    const { scheduledAtMs, pace } = dueRequests({ ...twentyPerSecond, next: 1 }, 11_010);
    expect(scheduledAtMs).toEqual([10_850, 10_900, 10_950, 11_000]);
    expect(pace.next).toBe(201);
    expect(dueRequests(pace, 11_040).scheduledAtMs).toEqual([]);
  });

  it('still starts the latest request of a slow schedule, with no more of our own delay than is ever caught up', () => {
    const slow: Pace = { startedAtMs: 0, intervalMs: 10_000, next: 1 };
    expect(dueRequests(slow, 19_000).scheduledAtMs).toEqual([19_000 - catchUpMaxMs]);
  });

  it('adds up to the rate over any stretch, however unevenly it is asked', () => {
    let pace = twentyPerSecond;
    let started = 0;
    for (let nowMs = 1000; nowMs < 61_000; nowMs += 7 + (nowMs % 90)) {
      const due = dueRequests(pace, nowMs);
      pace = due.pace;
      started += due.scheduledAtMs.length;
    }
    expect(started).toBeGreaterThanOrEqual(1198);
    expect(started).toBeLessThanOrEqual(1200);
  });
});
