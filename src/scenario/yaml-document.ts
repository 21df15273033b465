import { Composer, type Document } from 'yaml';
import { inFileOrder, invalid, valid, type Parsed, type Problem } from './problem';
import { SourceDocument } from './source-document';
import { outOfBounds } from './text-bounds';
import { TextPosition } from './text-position';
import { boundedTokens } from './yaml-bounds';
import { explainYamlError } from './yaml-error';
import { positioned, walkYaml } from './yaml-walk';

interface Mistake {
  offset: number;
  message: string;
}

const mistakesMax = 20;

/** Parses one YAML (or JSON, which is YAML) document into plain data with positions; bounded in time and memory. */
export function parseYaml(text: string, file: string): Parsed<SourceDocument> {
  const positions = new TextPosition(text);
  const composed = compose(text);
  const walked = 'document' in composed ? walkYaml(composed.document) : undefined;
  const mistakes = 'document' in composed ? (walked?.mistakes ?? []) : composed.mistakes;
  if (!walked || mistakes.length > 0) return invalid(firstOfEachLine(mistakes.map(toProblem)).slice(0, mistakesMax));
  return valid(
    new SourceDocument(
      file,
      walked.tree,
      positioned(walked.places, (offset) => positions.at(offset)),
    ),
  );

  function toProblem({ offset, message }: Mistake) {
    return { file, ...positions.at(offset), message };
  }
}

/** One mistake in a line makes the parser see others behind it. */
function firstOfEachLine(problems: Problem[]): Problem[] {
  const sorted = inFileOrder(problems);
  return sorted.filter((problem, index) => sorted[index - 1]?.line !== problem.line);
}

function compose(text: string): { document: Document.Parsed } | { mistakes: Mistake[] } {
  const outside = outOfBounds(text);
  if (outside) return { mistakes: [outside] };
  const bounded = boundedTokens(text);
  if ('message' in bounded) return { mistakes: [bounded] };
  const options = { uniqueKeys: false, prettyErrors: false, version: '1.2', logLevel: 'silent' } as const;
  const [document, second] = new Composer(options).compose(bounded.tokens);
  if (!document || (document.contents === null && document.errors.length === 0 && !second))
    return { mistakes: [{ offset: 0, message: 'expected a map of keys and values, found an empty file' }] };
  const mistakes = mistakesOf(document, second);
  return mistakes.length > 0 ? { mistakes } : { document };
}

function mistakesOf(document: Document.Parsed, second: Document.Parsed | undefined): Mistake[] {
  const errors = [...document.errors, ...document.warnings];
  const mistakes = errors.map((error) => ({ offset: error.pos[0], message: explainYamlError(error) }));
  if (!second) return mistakes;
  return [...mistakes, { offset: second.range[0], message: 'expected one document in a file, found a second' }];
}
