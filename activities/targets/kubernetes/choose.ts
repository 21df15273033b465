/** How many are wanted; one unless said otherwise. */
export interface Amount {
  count?: number;
  percent?: number;
}

/** The chosen ones, or why there are none. */
export interface Chosen<Item> {
  chosen: Item[];
  refusals: string[];
}

/** Takes the first so many; a percentage is rounded down, and too few are a refusal rather than fewer than were asked for. */
export function choose<Item>(candidates: Item[], { count, percent }: Amount, what: string): Chosen<Item> {
  const wanted = percent === undefined ? (count ?? 1) : Math.floor((candidates.length * percent) / 100);
  if (candidates.length === 0)
    return { chosen: [], refusals: [`no ${what} fits the selector; correct namespace and labels`] };
  if (wanted === 0)
    return {
      chosen: [],
      refusals: [`${String(percent)} percent of ${candidates.length} ${what} is less than one; ask for more`],
    };
  if (wanted > candidates.length)
    return {
      chosen: [],
      refusals: [`${wanted} ${what} are asked for and ${candidates.length} fit the selector; ask for fewer`],
    };
  return { chosen: candidates.slice(0, wanted), refusals: [] };
}
