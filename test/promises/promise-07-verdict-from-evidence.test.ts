import type { Evidence } from '../../src/domain/evidence';
import { decideVerdict } from '../../src/domain/verdict';
import { judgeAgain } from '../../src/judge/judge-again';
import { openStore } from '../../src/store/open-store';
import { anEvidence } from '../fakes/evidence';
import { aFailedEvidence } from '../fakes/outcomes';
import { causes } from '../domain/verdict-causes';
import { temporaryFolders } from '../store/temporary-folder';
import { worldsOfThisFile } from '../workflows/worlds-of-this-file';
import type { World } from '../workflows/world';
import { well, type Course } from './fake-signals';
import { watchExperiment } from './watched-experiment';
import { virtualTimeInThisFile } from './watchtower';

const aFolder = temporaryFolders();
const aWorld = worldsOfThisFile();

/** The success rate falls for four seconds and comes back. */
const dip: Course = (signal, seconds) =>
  signal === 'success-rate' && seconds >= 30 && seconds < 34 ? 0.6 : well(signal, seconds);

/** The same data as another process reads it: other order of keys, nothing shared. */
function asStored(evidence: Evidence): Evidence {
  return JSON.parse(JSON.stringify(evidence, (_key, value: unknown) => (isPlain(value) ? reversed(value) : value)));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reversed(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).reverse());
}

describe('in another year', () => {
  virtualTimeInThisFile();

  test.each([
    ['that passed', anEvidence()],
    ['that failed', aFailedEvidence()],
    ...causes.map(({ name, change }) => [`with ${name}`, change(anEvidence())] as const),
  ] as const)('the verdict on evidence %s is the same', (_what, evidence) => {
    const first = decideVerdict(evidence);
    jest.setSystemTime(Date.UTC(2031, 0, 1));
    expect(decideVerdict(asStored(evidence))).toEqual(first);
  });
});

describe('what the observer saw', () => {
  virtualTimeInThisFile();

  test.each([
    ['passed', undefined],
    ['failed', dip],
  ] as const)('proves from its stored series alone that it %s', async (word, course) => {
    const { evidence, chunks } = await watchExperiment(course);
    jest.useRealTimers();
    const store = await openStore({ file: `${aFolder()}/evidence.db` });
    const verdict = decideVerdict(evidence);
    expect(verdict.verdict).toBe(word);
    for (const chunk of chunks) await store.writeChunk(chunk);
    await store.saveEvidence(evidence, verdict);
    const kept = await store.readEvidence(evidence.experimentId);
    const series = await store.readChunks(evidence.experimentId);
    await store.close();
    expect(kept).toEqual({ evidence, verdict });
    const judgement = judgeAgain(kept?.evidence ?? anEvidence(), series, kept?.verdict);
    expect(judgement).toEqual({ stored: verdict, decided: verdict, isSame: true, mismatches: [], gaps: [] });
  });

  test('shows a breach that somebody took out of the evidence', async () => {
    const { evidence, chunks } = await watchExperiment(dip);
    const observations = evidence.observations.map((one) => ({ ...one, breaches: [], end: 'held' as const }));
    const forged = { ...evidence, observations };
    expect(judgeAgain(forged, chunks).mismatches.join()).toMatch(/no breach was recorded, the series says/);
  });

  test('shows a breach that never was, and a steady state that never was', async () => {
    const [calm, hurt] = [await watchExperiment(), await watchExperiment(dip)];
    const [, breached] = hurt.evidence.observations;
    const [baseline, , recovery] = calm.evidence.observations;
    if (!baseline || !breached || !recovery) throw new Error('an observation is missing');
    const forged = { ...calm.evidence, observations: [baseline, { ...breached, chunks: 0 }, recovery] };
    expect(judgeAgain(forged, calm.chunks).mismatches.join()).toMatch(/are not in the series/);
    const worse = calm.chunks.map((chunk) => ({
      ...chunk,
      readings: chunk.readings.map((one) =>
        one.state === 'ok' && chunk.signal === 'p95' ? { ...one, value: 900 } : one,
      ),
    }));
    expect(judgeAgain(calm.evidence, worse).mismatches.join()).toMatch(/baseline-1: steady state is said to have held/);
  });

  test('does not confirm a verdict that somebody else wrote', async () => {
    const { evidence, chunks } = await watchExperiment(dip);
    const { isSame, decided } = judgeAgain(evidence, chunks, decideVerdict(anEvidence()));
    expect({ isSame, word: decided.verdict }).toEqual({ isSame: false, word: 'failed' });
  });

  test('says what is missing when part of its series is lost', async () => {
    const { evidence, chunks } = await watchExperiment();
    const { gaps, mismatches } = judgeAgain(evidence, chunks.slice(0, -2));
    expect(mismatches).toEqual([]);
    expect(gaps.join()).toMatch(/2 of \d+ chunks of its series are missing/);
  });
});

const runs: [string, string, (world: World) => Promise<void> | void][] = [
  ['passes', 'passed', () => undefined],
  ['is aborted', 'aborted', async (world) => (await world.untilInjected(), world.abort())],
  ['loses sight', 'errored', async (world) => (await world.untilInjected(), world.temporal.killWorkers(20_000))],
  [
    'is refused',
    'refused',
    (world) => {
      world.observer.script = ({ purpose }) =>
        purpose === 'baseline' ? { afterMs: 1_000, end: 'not-held', reasons: ['p95 was 900'] } : undefined;
    },
  ],
];

test.each(runs)(
  'an experiment that %s ends with the verdict of the evidence that it stores',
  async (_how, word, happen) => {
    const world = aWorld();
    await world.start();
    await happen(world);
    const { verdict } = await world.result();
    expect(verdict.verdict).toBe(word);
    expect(world.stored).toHaveLength(1);
    expect(decideVerdict(world.evidence)).toEqual(verdict);
    expect(world.stored[0]?.verdict).toEqual(verdict);
  },
);
