/** One thing that is wrong with a file a person wrote; lines and columns count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** What was expected and what was found; no secret in it. */
  message: string;
  /** The nearest known word, or what helps. */
  hint?: string;
}

/** A value, or everything that speaks against it at once. */
export type Parsed<T> = { isValid: true; value: T } | { isValid: false; problems: Problem[] };

/** A parsed value. */
export function valid<T>(value: T): Parsed<T> {
  return { isValid: true, value };
}

/** A text that could not be parsed, with its problems in the order of the file. */
export function invalid<T = never>(problems: Problem[]): Parsed<T> {
  return { isValid: false, problems: inFileOrder(problems) };
}

/** Problems by file, line and column, each once. */
export function inFileOrder(problems: Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort(
    (left, right) => compare(left.file, right.file) || left.line - right.line || left.column - right.column,
  );
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** One line for people, as editors and terminals link it: `file:line:column: message (hint)`. */
export function formatProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message}${hint}`;
}
