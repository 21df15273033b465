import { distanceBetween, nearest } from '../../src/scenario/nearest';

test.each([
  ['same', 'same', 0],
  ['', 'abc', 3],
  ['during', 'durign', 1],
  ['kitten', 'sitting', 3],
])('%j and %j are %d edits apart', (left, right, edits) => {
  expect(distanceBetween(left, right)).toBe(edits);
});

test('a word that nobody can have meant has no nearest word', () => {
  expect(nearest('zebra', ['during', 'guards'])).toBeUndefined();
  expect(nearest('guard', ['during', 'guards'])).toBe('guards');
});
