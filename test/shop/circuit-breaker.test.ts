import { CircuitBreaker, type Permit } from '../../examples/shop/src/circuit-breaker';

const limits = { calls: 4, failureShare: 0.5, openMs: 1_000, trialCalls: 2, trialMs: 3_000 };

function aBreaker() {
  const clock = { nowMs: 0 };
  const breaker = new CircuitBreaker(limits, () => clock.nowMs);
  const permit = (): Permit => {
    const given = breaker.requestPermit();
    if (given === undefined) throw new Error('the breaker lets no call through');
    return given;
  };
  const call = (...outcomes: boolean[]) => outcomes.forEach((succeeded) => breaker.record(permit(), succeeded));
  return { breaker, clock, permit, call };
}

describe('the circuit breaker', () => {
  it('stays closed while fewer calls than its window have failed', () => {
    const { breaker, call } = aBreaker();
    call(false, false, false);
    expect(breaker.current()).toBe('closed');
  });

  it('stays closed while less than the given share of the window fails', () => {
    const { breaker, call } = aBreaker();
    call(false, true, true, true, false, true, true, true);
    expect(breaker.current()).toBe('closed');
  });

  it('opens when the given share of the window fails, and lets nothing through', () => {
    const { breaker, call } = aBreaker();
    call(true, true, true, false, false);
    expect(breaker.current()).toBe('open');
    expect(breaker.requestPermit()).toBeUndefined();
  });

  it('is half open after its time and lets only the trial calls through', () => {
    const { breaker, clock, call, permit } = aBreaker();
    call(false, false, false, false);
    clock.nowMs = 1_000;
    expect(breaker.current()).toBe('half-open');
    permit();
    permit();
    expect(breaker.requestPermit()).toBeUndefined();
  });

  it('closes when the trial calls succeed, and judges a fresh window', () => {
    const { breaker, clock, call } = aBreaker();
    call(false, false, false, false);
    clock.nowMs = 1_000;
    call(true, true, false, false);
    expect(breaker.current()).toBe('closed');
  });

  it('opens again, for its whole time, when the trial calls fail', () => {
    const { breaker, clock, call } = aBreaker();
    call(false, false, false, false);
    clock.nowMs = 1_000;
    call(false, true);
    clock.nowMs = 1_999;
    expect(breaker.current()).toBe('open');
    clock.nowMs = 2_000;
    expect(breaker.current()).toBe('half-open');
  });

  it('lets new trial calls through when earlier ones never came back', () => {
    const { breaker, clock, call, permit } = aBreaker();
    call(false, false, false, false);
    clock.nowMs = 1_000;
    breaker.current();
    permit();
    permit();
    clock.nowMs = 4_000;
    call(true, true);
    expect(breaker.current()).toBe('closed');
  });

  it('does not listen to a call that it let through before it opened', () => {
    const { breaker, clock, call, permit } = aBreaker();
    const late = permit();
    call(false, false, false, false);
    clock.nowMs = 1_000;
    call(true);
    breaker.record(late, false);
    call(true);
    expect(breaker.current()).toBe('closed');
  });
});
