/** Milliseconds of a clock that only moves forward; setting the wall clock neither ends nor prolongs a rule. */
export function monotonicNowMs(): number {
  return performance.now();
}
