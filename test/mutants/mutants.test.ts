import { mutate } from './mutant';
import { MutantRuns } from './mutant-runs';
import { mutants } from './mutants';
import type { PromiseRun } from './run-promise-tests';

jest.setTimeout(30 * 60_000);

const runs = new MutantRuns();
const unchanged = runs.unchanged();
const changed = mutants.map((mutant): [number, string, Promise<PromiseRun>] => [
  mutant.promise,
  mutant.name,
  runs.mutant(mutant),
]);

beforeAll(() => runs.start());
afterAll(() => runs.end());

test('every promise has at least one change that breaks it', () => {
  expect([...new Set(mutants.map(({ promise }) => promise))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test.each([0, 2])('a change whose text stands there %i times is refused', (count) => {
  const mutant = { promise: 1, name: 'x', file: 'a.ts', text: 'b', replacement: 'c' };
  expect(mutate('abd', mutant)).toBe('acd');
  expect(() => mutate('a'.concat('b'.repeat(count)), mutant)).toThrow(`stands there ${count} times`);
});

test('every promise is kept when nothing is changed', async () => {
  const { passed, failed, output } = await unchanged;
  expect({ failed, output: failed === 0 ? '' : output }).toEqual({ failed: 0, output: '' });
  expect(passed).toBeGreaterThan(mutants.length);
});

// A change that breaks every test would show that the code does not run, not that the promise is tested.
test.each(changed)('promise %i does not survive that %s', async (_promise, _name, run) => {
  const { passed, failed, output } = await run;
  expect({ hasPassed: passed > 0, output: passed > 0 ? '' : output }).toEqual({ hasPassed: true, output: '' });
  expect(failed).toBeGreaterThan(0);
});
