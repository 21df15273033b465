/**
 * A planted defect: answers yes for one in `oneIn` questions, always the one in the middle of each batch, so that a run
 * that fills half a batch already shows it. Without a number it never does.
 */
export function losesOneIn(oneIn: number | undefined): () => boolean {
  let asked = 0;
  return () => oneIn !== undefined && asked++ % oneIn === Math.floor(oneIn / 2);
}
