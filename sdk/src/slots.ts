let taken = 0;

/** Runs the work while fewer than `slotsMax` effects are under way in this process, and answers undefined otherwise. */
export function holdSlot<Result>(slotsMax: number, work: () => Promise<Result>): undefined | Promise<Result> {
  if (taken >= slotsMax) return undefined;
  taken += 1;
  return work().finally(() => {
    taken -= 1;
  });
}
