import { concluded } from '../../src/cli/conclude';
import type { FaultStatus } from '../../src/domain/injection';
import type { Observation } from '../../src/domain/observation';
import { decideVerdict, exitCodes } from '../../src/domain/verdict';
import type { Evidence } from '../../src/domain/evidence';
import { causes } from '../domain/verdict-causes';
import { aBaselineObservation, anEvidence, anInjectionRecord, aRecovery } from '../fakes/evidence';
import { anInjectStep, aPlan } from '../fakes/plan';
import type { Fakes } from '../harness/isolate/attempt';
import type { World } from '../workflows/world';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import { well, type Course } from './fake-signals';
import { virtualTimeInThisFile, Watchtower } from './watchtower';

const aWorld = worldsOfThisFile();

/** What people and pipelines get to see: never green, with a reason. */
function expectNotGreen(evidence: Evidence): void {
  const verdict = decideVerdict(evidence);
  expect(verdict.verdict).not.toBe('passed');
  expect(verdict.reasons.join()).not.toBe('');
  expect(concluded(evidence, verdict).exitCode).toBeGreaterThan(0);
}

test('only evidence in which everything was seen and held is green', () => {
  const evidence = anEvidence();
  const verdict = decideVerdict(evidence);
  expect(verdict.verdict).toBe('passed');
  expect(concluded(evidence, verdict).exitCode).toBe(0);
  const green = Object.entries(exitCodes).filter(([, code]) => code === 0);
  expect(green).toEqual([['passed', 0]]);
});

test.each(causes.map(({ name, change }) => [name, change] as const))('%s is not green', (_name, change) => {
  expectNotGreen(change(anEvidence()));
});

describe('what the observer sees', () => {
  virtualTimeInThisFile();

  const outside =
    (signal: string, value: number, isOutside: (seconds: number) => boolean): Course =>
    (name, seconds) =>
      name === signal && isOutside(seconds) ? value : well(name, seconds);
  const between = (from: number, to: number) => (seconds: number) => seconds >= from && seconds < to;

  function expectHoldNotGreen(hold: Observation): void {
    const injection = anInjectionRecord({ injectionId: hold.faults[0]?.injectionId ?? 'x' });
    const observations = [aBaselineObservation(), hold, aRecovery()];
    expectNotGreen(anEvidence({ observations, injections: [injection] }));
  }

  test.each([
    ['an expectation that was breached for three seconds and came back', 'p95', 400, between(20, 23), /3 of [345]/],
    [
      'one that was breached in three windows of five',
      'p95',
      400,
      (at: number) => [20, 22, 24].includes(Math.floor(at)),
      /3 of 5/,
    ],
    ['a guard that tripped for two seconds and came back', 'success-rate', 0.4, between(20, 22), /guard tripped/],
    ['a breach right before the end', 'p95', 400, between(57, 70), /3 of [345]/],
  ] as const)('%s ends the hold at once and is not green', async (_what, signal, value, when, reason) => {
    const tower = new Watchtower({ course: outside(signal, value, when) });
    const hold = await tower.hold();
    expect(hold).toMatchObject({ end: 'breached', reasons: [expect.stringMatching(reason)] });
    expect(hold.breaches).toHaveLength(1);
    expect(tower.target.count('rolled back')).toBe(1);
    expectHoldNotGreen(hold);
  });

  test('two windows outside are no breach, and a calm hold is green', async () => {
    const tower = new Watchtower({ course: outside('p95', 400, between(20, 22)) });
    const hold = await tower.hold();
    expect(hold).toMatchObject({ end: 'held', breaches: [] });
    const injections = [anInjectionRecord({ injectionId: tower.injection.injectionId })];
    const evidence = anEvidence({ observations: [aBaselineObservation(), hold, aRecovery()], injections });
    expect(decideVerdict(evidence).verdict).toBe('passed');
  });

  const status: [string, (seconds: number) => FaultStatus['state'] | undefined][] = [
    ['never took effect', () => 'armed'],
    ['ended before its time', (seconds) => (seconds > 20 ? 'absent' : undefined)],
    ['was changed by somebody else', (seconds) => (seconds > 20 ? 'drifted' : undefined)],
    ['was partly gone', (seconds) => (seconds > 20 ? 'partial' : undefined)],
    ['was gone at the very end', (seconds) => (seconds > 59.9 ? 'absent' : undefined)],
  ];

  test.each(status)('a fault that %s is not green', async (_how, stateAt) => {
    const tower: Watchtower = new Watchtower({
      driver: {
        status: async (injection) => {
          const state = stateAt(tower.seconds);
          return state === undefined ? tower.target.status(injection) : { state, evidence: `it is ${state}` };
        },
      },
    });
    const hold = await tower.hold();
    expect(hold.end).not.toBe('held');
    expectHoldNotGreen(hold);
  });

  test('a baseline that was breached for three seconds refuses, although all was well in the end', async () => {
    const seen = await new Watchtower({ course: outside('p95', 900, between(8, 11)) }).observe({});
    expect(seen).toMatchObject({ end: 'not-held', reasons: [expect.stringMatching(/not in steady state/)] });
  });

  test.each([
    ['that comes and goes', (at: number) => at % 3 >= 2],
    ['of one signal alone', () => true],
  ] as const)('a recovery %s is not green', async (_what, when) => {
    const asked = { id: 'recovery', purpose: 'recovery', forMs: 20_000 } as const;
    const recovery = await new Watchtower({ course: outside('p95', 900, when) }).observe(asked);
    expect(recovery.end).toBe('not-held');
    const [baseline, hold] = anEvidence().observations;
    expectNotGreen(anEvidence({ observations: [baseline, hold, recovery].filter((one) => one !== undefined) }));
  });
});

const never = () => Promise.reject(new Error('it does not work'));

test.each<[string, (calm: Fakes) => Partial<Fakes>]>([
  ['the survey', () => ({ surveyTargets: never })],
  ['the admission', () => ({ admitInjection: never })],
  ['preparing', () => ({ prepareFault: never })],
  ['arming', () => ({ armFault: never })],
  ['injecting', () => ({ injectFault: never })],
  ['rolling back', () => ({ rollBackFault: never })],
  ['watching the hold', (calm) => ({ observe: unlessFor(calm, 'hold') })],
  ['watching the recovery', (calm) => ({ observe: unlessFor(calm, 'recovery') })],
])('an experiment in which %s fails is not green', async (_what, fakes) => {
  const world = aWorld({ fakes });
  const { verdict } = await world.runToEnd();
  expect(verdict.verdict).toBe('errored');
  expect(exitCodes[verdict.verdict]).toBe(2);
});

const unlessFor =
  (calm: Fakes, purpose: Observation['purpose']): Fakes['observe'] =>
  (input, attempt) =>
    input.purpose === purpose ? never() : calm.observe(input, attempt);

test('an experiment whose fault never took effect is not green', async () => {
  const world: World = aWorld({
    fakes: (calm) => ({
      injectFault: async (input, attempt) => {
        const injected = await calm.injectFault(input, attempt);
        return { ...injected, status: { state: 'armed', evidence: 'it is armed' } };
      },
    }),
  });
  const { verdict } = await world.runToEnd();
  expect(verdict).toMatchObject({ verdict: 'inconclusive', rule: 6 });
});

test('an experiment whose later step was refused is not green, although the first went well', async () => {
  const world = aWorld();
  world.observer.script = ({ id }) =>
    id === 'baseline-2' ? { afterMs: 1_000, end: 'not-held', reasons: ['p95 was 900 ms'] } : undefined;
  const { verdict } = await world.runToEnd({ plan: aPlan({ steps: [anInjectStep(), anInjectStep({ id: '2' })] }) });
  expect(verdict).toMatchObject({ verdict: 'errored', rule: 5, reasons: ['p95 was 900 ms'] });
});
