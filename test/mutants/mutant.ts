/** A small change to the code that breaks a promise on purpose. */
export interface Change {
  /** What the changed code does wrong. */
  name: string;
  /** Relative to the project. */
  file: string;
  /** Stands there exactly once. */
  text: string;
  replacement: string;
}

/** A change with the number of the promise whose test must fail. */
export interface Mutant extends Change {
  promise: number;
}

/** The text with the change made. Errors: it does not fit the code any more. */
export function mutate(source: string, { file, name, text, replacement }: Mutant): string {
  const parts = source.split(text);
  if (parts.length === 2) return parts.join(replacement);
  const found = `"${text}" stands there ${parts.length - 1} times and is expected once`;
  throw new Error(`cannot make ${file} wrong (${name}): ${found}; bring the table of mutants up to date`);
}
