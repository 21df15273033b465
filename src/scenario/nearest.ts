/** The known word that is most like the one found, or undefined when none is close enough to be meant. */
export function nearest(found: string, known: Iterable<string>): string | undefined {
  if (found.length > 100) return undefined;
  const distances = [...known].map((word) => ({
    word,
    distance: distanceBetween(found.toLowerCase(), word.toLowerCase()),
  }));
  const [best] = distances.sort((left, right) => left.distance - right.distance);
  return best && best.distance <= farthest(found, best.word) ? best.word : undefined;
}

/** The nearest word as a question, for a problem's hint. */
export function didYouMean(found: string, known: Iterable<string>): string | undefined {
  const word = nearest(found, known);
  return word === undefined ? undefined : `did you mean "${word}"?`;
}

function farthest(found: string, word: string): number {
  return Math.max(1, Math.floor(Math.max(found.length, word.length) / 3));
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two words: the optimal string alignment
 * distance (Damerau 1964, doi:10.1145/363958.363994).
 */
export function distanceBetween(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++)
      current.push(cell(left, right, { row, column, current, last, beforeLast }));
    [beforeLast, last] = [last, current];
  }
  return last[right.length] ?? 0;
}

interface Place {
  row: number;
  column: number;
  current: number[];
  last: number[];
  beforeLast: number[];
}

function cell(left: string, right: string, place: Place): number {
  const { row, column, current, last, beforeLast } = place;
  const isEqual = left[row - 1] === right[column - 1];
  const edit = Math.min(far(current[column - 1]) + 1, far(last[column]) + 1, far(last[column - 1]) + (isEqual ? 0 : 1));
  const isSwapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
  return isSwapped ? Math.min(edit, far(beforeLast[column - 2]) + 1) : edit;
}

function far(distance: number | undefined): number {
  return distance ?? Number.POSITIVE_INFINITY;
}
