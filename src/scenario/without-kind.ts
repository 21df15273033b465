import { finding, show } from './finding';
import { didYouMean } from './nearest';
import { isMap } from './plain-json';
import { invalid, type Parsed, type Problem } from './problem';
import type { SourceDocument } from './source-document';

const message = 'this is no scenario or environment: it has no kind';

/** The one problem of a document whose keys do not say what it describes; undefined when they do. */
export function withoutKind(source: SourceDocument): Parsed<never> | undefined {
  if (!isMap(source.tree) || Object.hasOwn(source.tree, 'kind')) return undefined;
  const slip = Object.keys(source.tree).find((key) => didYouMean(key, ['kind']) !== undefined);
  const hint =
    slip === undefined ? 'begin it with kind: experiment or kind: environment' : `write kind for ${show(slip)}`;
  return invalid([source.problem(finding([], message, hint))]);
}

/** The same in the place of many mistakes in YAML, for a text such as a README; undefined when a kind stands before any block of code. */
export function plainTextProblem(text: string, file: string, mistakes: Problem[]): Parsed<never> | undefined {
  if (mistakes.length < 2) return undefined;
  // Three backticks begin no value in YAML: what follows is an example in a text for people.
  const [own = ''] = text.split(/^```/m, 1);
  if (/(^|[\s{,])["']?kind["']?\s*:/.test(own)) return undefined;
  return invalid([{ file, line: 1, column: 1, message }]);
}
