import type { Injection } from '../../src/domain/injection';

/** A list of faults that may lack some: carries those that could be read, and says in sentences what could not. */
export class IncompleteList extends Error {
  override readonly name = 'IncompleteList';

  constructor(
    readonly faults: Injection[],
    readonly problems: string[],
  ) {
    super(problems.join('; '));
  }
}

/** The faults, or an IncompleteList as soon as there is one problem: what is unknown must not look like nothing. */
export function completeOrThrow(faults: Injection[], problems: string[]): Injection[] {
  if (problems.length > 0) throw new IncompleteList(faults, problems);
  return faults;
}
