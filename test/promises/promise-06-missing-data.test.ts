import { error } from '../../activities/faults/sdk/error';
import { injectActivities } from '../../activities/inject';
import type { Blocker } from '../../src/domain/plan';
import { decideVerdict, exitCodes } from '../../src/domain/verdict';
import { aHold, anEvidence, anInjectionRecord } from '../fakes/evidence';
import { anInjection } from '../fakes/injection';
import { aPlan } from '../fakes/plan';
import { well, type Course } from './fake-signals';
import { inActivity } from './in-activity';
import { virtualTimeInThisFile, Watchtower } from './watchtower';

virtualTimeInThisFile();

/** Well until a second, then unknown for one signal. */
const blindFrom =
  (from: number, blind = 'p95', to = Infinity): Course =>
  (signal, seconds) =>
    signal === blind && seconds >= from && seconds < to ? undefined : well(signal, seconds);

describe('before a fault', () => {
  test.each(['success-rate', 'p95', 'breaker'])('steady state is not met when %s is unknown once', async (signal) => {
    const seen = await new Watchtower({ course: blindFrom(12, signal, 14) }).observe({});
    expect(seen).toMatchObject({ end: 'not-held', reasons: [expect.stringContaining(`${signal} is no-data`)] });
    expect(seen.baseline).toEqual({});
  });

  test('steady state is met when everything is known and well', async () => {
    const seen = await new Watchtower().observe({});
    expect(seen).toMatchObject({ end: 'held', reasons: [], baseline: { p95: { value: 180, n: 20 } } });
  });

  test.each([
    ['unknown', undefined, /blocker deployment is unknown/],
    ['up', 'running', /deployment is running, must be == none/],
  ])('nothing is admitted when a blocker is %s', async (_how, value, reason) => {
    const answer = await admit(() => value);
    expect(answer).toMatchObject({ isAdmitted: false, reason: expect.stringMatching(reason) });
  });

  test('the same blocker admits when it is known to be down', async () => {
    expect(await admit(() => 'none')).toEqual({ isAdmitted: true });
  });

  test('a target whose control cannot be read is refused', async () => {
    const tools = {
      connection: { payment: { url: 'http://127.0.0.1:1', token: 'a-token' } },
      optedIn: [{ service: 'payment', points: ['charge'] }],
      ...{ environment: 'demo', signal: new AbortController().signal, now: Date.now },
    };
    const step = { target: { service: 'payment', point: 'charge' }, params: {} };
    expect((await error.survey(step, tools)).refusals.join()).toMatch(/cannot read the health/);
  });

  test('nobody says to be watching before every signal was known', async () => {
    const tower = new Watchtower({
      course: (signal, at) => (at < 8 && signal === 'breaker' ? undefined : well(signal, at)),
    });
    await tower.hold({ forMs: 5_000 });
    const injected = tower.target.log.find(({ act }) => act === 'injected');
    expect((injected?.atMs ?? 0) - tower.startMs).toBeGreaterThanOrEqual(8_000);
  });
});

describe('while a fault is in effect', () => {
  test('a signal that is judged and unknown for ten seconds rolls back', async () => {
    const tower = new Watchtower({ course: blindFrom(20) });
    const seen = await tower.hold();
    expect(seen).toMatchObject({ end: 'lost-sight', reasons: [expect.stringMatching(/lost sight of p95 for 1\d s/)] });
    expectRolledBack(tower, 20, 32);
  });

  test('no lease is renewed without sight, nor while Temporal does not say who holds it', async () => {
    const renewedAt: number[] = [];
    const renew = async () => void renewedAt.push(tower.seconds);
    const holder = { injectionId: '', experimentId: 'e1' };
    const findHolder = async () => {
      if (tower.seconds > 40 && tower.seconds < 48) throw new Error('Temporal is away');
      return holder;
    };
    const isBlind = (seconds: number): boolean => seconds < 25;
    const tower: Watchtower = new Watchtower({
      course: (signal, seconds) => (signal === 'p95' && isBlind(seconds) ? undefined : well(signal, seconds)),
      driver: { renew },
      orchestrator: { findHolder },
    });
    tower.target.isLeaseEndless = true;
    holder.injectionId = tower.injection.injectionId;
    expect((await tower.hold({ forMs: 30_000 })).end).toBe('held');
    const within = (from: number, to: number) => renewedAt.some((at) => at > from && at < to);
    expect([within(0, 10), within(10.5, 25), within(26, 40), within(40, 48)]).toEqual([true, false, true, false]);
  });

  test('a lease ends by itself when the rollback of whoever lost sight does not succeed', async () => {
    const isStuck = () => Promise.reject(new Error('the target does not answer'));
    const tower = new Watchtower({ course: blindFrom(20), driver: { rollback: isStuck } });
    const seen = await tower.hold();
    expect(seen.rollbacks).toMatchObject([{ error: 'the target does not answer' }]);
    await jest.advanceTimersByTimeAsync(15_000);
    expect(tower.target.active()).toEqual([]);
    expect(tower.target.count('expired')).toBe(1);
  });

  test('no lease is renewed whose injection has no open workflow, and the fault is rolled back', async () => {
    let isOpen = true;
    const holder = { injectionId: '', experimentId: 'e1' };
    const tower = new Watchtower({ orchestrator: { findHolder: async () => (isOpen ? holder : undefined) } });
    holder.injectionId = tower.injection.injectionId;
    setTimeout(() => (isOpen = false), 20_000);
    const seen = await tower.hold();
    expect(seen).toMatchObject({ end: 'fault-ended', reasons: [expect.stringMatching(/no open workflow/)] });
    expectRolledBack(tower, 20, 25);
  });

  test('a Temporal that does not answer for ten seconds rolls back', async () => {
    const tower: Watchtower = new Watchtower({
      orchestrator: {
        findHolder: () =>
          tower.seconds < 20 ? Promise.resolve(tower.injection) : Promise.reject(new Error('Temporal is away')),
      },
    });
    const seen = await tower.hold();
    expect(seen).toMatchObject({ end: 'lost-sight', reasons: [expect.stringMatching(/lost sight of Temporal/)] });
    expectRolledBack(tower, 20, 34);
  });

  test('a fault of which its own system says nothing for ten seconds is rolled back', async () => {
    const tower: Watchtower = new Watchtower({
      driver: {
        status: async (injection) =>
          tower.seconds < 20 ? tower.target.status(injection) : { state: 'unknown', evidence: 'it does not answer' },
      },
    });
    const seen = await tower.hold();
    expect(seen).toMatchObject({ end: 'lost-sight', reasons: [expect.stringMatching(/lost sight of the fault/)] });
    expectRolledBack(tower, 20, 34);
  });

  test('a watcher that comes back after more than ten seconds rolls back at once', async () => {
    const first = new Watchtower();
    await first.hold({ forMs: 5_000 });
    await jest.advanceTimersByTimeAsync(12_000);
    const tower = new Watchtower({ heartbeatDetails: first.lastHeartbeat });
    tower.inject();
    const seen = await tower.hold();
    expect(seen).toMatchObject({ end: 'lost-sight', reasons: [expect.stringMatching(/nobody was watching/)] });
    expect(seen.gaps).toHaveLength(1);
    expectRolledBack(tower, 0, 1);
  });

  test('a blocker that becomes unknown rolls back', async () => {
    const { environment } = aPlan();
    const course: Course = (signal, seconds) =>
      signal === 'deployment' ? (seconds < 20 ? 'none' : undefined) : well(signal, seconds);
    const tower = new Watchtower({ course });
    const seen = await tower.hold({ plan: aPlan({ environment: { ...environment, blockers: [blocker] } }) });
    expect(seen).toMatchObject({ end: 'blocked', reasons: [expect.stringMatching(/deployment is unknown/)] });
    expectRolledBack(tower, 20, 24);
  });

  test('a fault whose injection says nothing of itself for ten seconds is rolled back', async () => {
    const tower = new Watchtower({
      orchestrator: { injectionState: () => Promise.reject(new Error('its workflow is stuck')) },
    });
    const seen = await tower.hold();
    expect(seen).toMatchObject({ end: 'lost-sight', reasons: [expect.stringMatching(/lost sight of the injections/)] });
    expectRolledBack(tower, 10, 20);
  });

  describe('and another one of its group is still on its way', () => {
    const late = anInjection({ fault: 'sdk/error', lockKey: 'sdk:checkout' });
    const ofGroup = (course: Course): Watchtower => {
      const tower: Watchtower = new Watchtower({
        course,
        orchestrator: {
          findHolder: async (lockKey) => [late, tower.injection].find((one) => one.lockKey === lockKey),
          injectionState: (lockKey) => tower.stateOf(lockKey === late.lockKey ? late.injectionId : undefined),
        },
      });
      return tower;
    };

    test('a guard that trips ends it at once', async () => {
      const course: Course = (name, at) => (name === 'success-rate' && at >= 8 ? 0.1 : well(name, at));
      const tower = ofGroup(course);
      const seen = await tower.hold({ injections: [tower.injection, late] });
      expect(seen).toMatchObject({ end: 'breached', reasons: [expect.stringMatching(/guard tripped/)] });
      expect(tower.seconds).toBeLessThan(14);
      expect(tower.target.active()).toEqual([]);
    });

    test('sight that is lost ends it', async () => {
      const tower = ofGroup(blindFrom(8));
      const seen = await tower.hold({ injections: [tower.injection, late] });
      expect(seen).toMatchObject({ end: 'lost-sight', reasons: [expect.stringMatching(/lost sight of p95/)] });
      expect(tower.seconds).toBeLessThan(24);
      expect(tower.target.active()).toEqual([]);
    });
  });

  test('a fault stays to its planned end when everything is known', async () => {
    const tower = new Watchtower({ course: blindFrom(20, 'p95', 28) });
    const seen = await tower.hold();
    expect(seen).toMatchObject({ end: 'held', reasons: [] });
    expect(Date.parse(seen.endedAt) - Date.parse(seen.heldFrom ?? '')).toBeGreaterThanOrEqual(60_000);
  });
});

describe('afterwards', () => {
  test('an unknown signal is no recovery', async () => {
    const tower = new Watchtower({ course: blindFrom(0) });
    const seen = await tower.observe({ id: 'recovery', purpose: 'recovery', forMs: 30_000 });
    expect(seen).toMatchObject({ end: 'lost-sight', reasons: [expect.stringMatching(/p95 is unknown/)] });
  });

  test.each([
    ['lost sight', { observations: [aHold({ end: 'lost-sight', reasons: [] })] }, 'errored'],
    ['too few readings', { observations: [aHold({ summaries: [] })] }, 'inconclusive'],
    ['no hits', { injections: [anInjectionRecord({ hits: 0 })] }, 'inconclusive'],
  ] as const)('%s is never passed', (_what, over, word) => {
    const { observations } = anEvidence();
    const others = observations.filter(({ purpose }) => purpose !== 'hold');
    const seen =
      'observations' in over
        ? { observations: [...others, ...over.observations] }
        : { injections: [...over.injections] };
    const { verdict } = decideVerdict(anEvidence(seen));
    expect(verdict).toBe(word);
    expect(exitCodes[verdict]).toBeGreaterThan(0);
  });
});

const blocker: Blocker = {
  name: 'deployment',
  probe: { id: 'deployment', kind: 'json', query: {} },
  signal: { name: 'deployment', probe: 'deployment', measure: 'value', windowMs: 5_000, everyMs: 1_000, unit: 'value' },
  expect: { signal: 'deployment', tolerance: { operator: '==', value: 'none', text: '== none' } },
};

function admit(course: Course) {
  const { admitInjection } = injectActivities(new Watchtower({ course }).tools());
  const holder = { id: 'e1-1-1', experimentId: 'e1', lockKey: 'sdk:payment', since: new Date().toISOString() };
  const request = { kind: 'injection', holder, max: 1 } as const;
  const asked = { environment: 'demo', request, blockers: [blocker], experimentId: 'e1' };
  return inActivity(() => admitInjection(asked));
}

/** The observer itself ended the fault between these seconds, and told the injection. */
function expectRolledBack(tower: Watchtower, fromSeconds: number, toSeconds: number): void {
  expect(tower.target.active()).toEqual([]);
  const rolledBack = tower.target.log.find(({ act }) => act === 'rolled back');
  const seconds = ((rolledBack?.atMs ?? Infinity) - tower.startMs) / 1000;
  expect(seconds).toBeGreaterThanOrEqual(fromSeconds);
  expect(seconds).toBeLessThanOrEqual(toSeconds);
  expect(tower.told).toHaveLength(1);
}
