import { RuleBook } from '../../sdk/src/rule-book';
import type { LiveRule, RuleRequest } from '../../sdk/src/live-rule';
import { aRuleId, until } from './control-client';

let nowMs = 0;
let active = 0;
let book: RuleBook;
beforeEach(() => {
  nowMs = 1_000;
  book = new RuleBook(
    () => nowMs,
    (count) => (active = count),
  );
});
afterEach(() => book.endAll());

function aRequest(changes: Partial<RuleRequest> & { id?: string } = {}): RuleRequest {
  const { id = aRuleId(), ...rest } = changes;
  const content = { id, point: 'charge', effect: { kind: 'drop' as const }, percent: 100, tag: {} };
  return { content, apply: () => undefined, leaseMs: 15_000, remainingMs: 60_000, ...rest };
}

function activate(request: RuleRequest): LiveRule {
  book.arm(request);
  return book.activate(request.content.id);
}

describe('a rule', () => {
  test('ends when its lease is not renewed', () => {
    const rule = activate(aRequest());
    nowMs += 14_999;
    expect(book.activeAt('charge')).toBe(rule);
    expect(active).toBe(1);
    nowMs += 1;
    expect(book.activeAt('charge')).toBeUndefined();
    expect(active).toBe(0);
    expect(rule.ending.hasCome).toBe(true);
  });

  test('goes on while renewed, but never beyond its own end', () => {
    const request = aRequest();
    activate(request);
    for (let i = 0; i < 6; i += 1) {
      nowMs += 10_000;
      if (i < 5) book.renew(request.content.id, 15_000);
    }
    expect(book.rules()).toEqual([]);
    expect(() => book.renew(request.content.id, 15_000)).toThrow(/ended by itself/);
  });

  test('is gone when its lease ends while it is only armed, and may be armed afresh', () => {
    const request = aRequest();
    book.arm(request);
    nowMs += 15_000;
    expect(() => book.activate(request.content.id)).toThrow(expect.objectContaining({ status: 404 }));
    expect(book.arm(request).isNew).toBe(true);
  });

  test('does not come back once it was active and ended by itself', () => {
    const request = aRequest();
    activate(request);
    nowMs += 15_000;
    expect(() => book.arm(request)).toThrow(expect.objectContaining({ status: 410 }));
    expect(() => book.activate(request.content.id)).toThrow(expect.objectContaining({ status: 404 }));
    expect(() => book.renew(request.content.id, 1)).toThrow(expect.objectContaining({ status: 404 }));
    expect(book.rules()).toEqual([]);
  });

  test('keeps its counts readable after it ended by itself', () => {
    const request = aRequest();
    const rule = activate(request);
    rule.seen = 7;
    rule.hits = 3;
    nowMs += 15_000;
    expect(book.remove(request.content.id, 1_000)).toEqual({ found: 'absent', hits: 3, seen: 7 });
    expect(book.remove(request.content.id, 1_000)).toEqual({ found: 'absent', hits: 3, seen: 7 });
  });

  test('frees its point when it ends by itself', () => {
    book.arm(aRequest());
    expect(() => book.arm(aRequest())).toThrow(expect.objectContaining({ status: 409 }));
    nowMs += 15_000;
    expect(book.arm(aRequest()).isNew).toBe(true);
  });

  test('ends on real time too, when nobody looks', async () => {
    const real = new RuleBook(
      () => performance.now(),
      () => undefined,
    );
    const request = aRequest({ leaseMs: 20 });
    real.arm(request);
    const rule = real.activate(request.content.id);
    await until(() => rule.ending.hasCome);
    expect(real.tombstones()).toMatchObject([{ id: request.content.id, reason: 'ended' }]);
  });
});

describe('a tombstone', () => {
  test('refuses its id until its time is over and not longer', () => {
    const request = aRequest();
    book.remove(request.content.id, 90_000);
    nowMs += 89_999;
    expect(() => book.arm(request)).toThrow(expect.objectContaining({ status: 410 }));
    nowMs += 1;
    expect(book.arm(request).isNew).toBe(true);
  });

  test('lasts at least as long as the rule would have lived', () => {
    const request = aRequest({ remainingMs: 600_000, leaseMs: 600_000 });
    activate(request);
    book.remove(request.content.id, 0);
    nowMs += 599_999;
    expect(() => book.arm(request)).toThrow(expect.objectContaining({ status: 410 }));
  });

  test('is one of ten thousand at the most', () => {
    for (let i = 0; i < 10_005; i += 1) book.remove(`r-${i}`, 100_000 + i);
    const ids = book.tombstones().map(({ id }) => id);
    expect(ids).toHaveLength(10_000);
    expect(ids).toContain('r-10004');
    expect(ids).not.toContain('r-0');
  });
});
