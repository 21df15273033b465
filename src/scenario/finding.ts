/** Where something stands in a document, from the root. */
export type Path = readonly (string | number)[];

/** Something wrong at a path of a document, not yet at a line of a file. */
export interface Finding {
  path: Path;
  /** Whether it is the key that is wrong rather than its value. */
  isAboutKey?: boolean;
  message: string;
  hint?: string;
}

/** A path as people write it: `steps[0].with.percent`. */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** A finding without its hint when there is none, as exact optional types want it. */
export function finding(path: Path, message: string, hint?: string): Finding {
  return { path, message, ...(hint === undefined ? {} : { hint }) };
}

/** A value as it is shown to the person who wrote it: short, on one line, escapes visible. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

/** Words from which one must be chosen, as the end of "expected …". */
export function oneOf(words: readonly string[]): string {
  if (words.length === 0) return 'nothing';
  return words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`;
}
