import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { Json } from '../domain/json';
import { parseEnvironment } from './environment';
import { planScenario } from './parse-scenario';
import { isMap } from './plain-json';
import { inFileOrder, invalid, valid, type Parsed, type Problem } from './problem';
import { readScenarioFile, type FileReader } from './scenario-file';
import { isVariableMap, type GivenVariables } from './variables';
import { parseYaml } from './yaml-document';

/** What files are validated with. */
export interface ValidateOptions {
  catalogue: Catalogue;
  environments: readonly Environment[];
  variables?: GivenVariables;
  reader: FileReader;
}

/** Every problem of every file at once, scenarios and environments alike; nothing has to run for it. */
export function validateFiles(paths: readonly string[], options: ValidateOptions): Problem[] {
  return inFileOrder(paths.flatMap((path) => problemsOf(path, options)));
}

function problemsOf(path: string, options: ValidateOptions): Problem[] {
  const text = readScenarioFile(path, options.reader);
  if (!text.isValid) return text.problems;
  const { catalogue } = options;
  const parsed = isEnvironment(text.value, path)
    ? parseEnvironment(text.value, path, catalogue)
    : planScenario(text.value, path, options);
  return parsed.isValid ? [] : parsed.problems;
}

function isEnvironment(text: string, path: string): boolean {
  const parsed = parseYaml(text, path);
  return parsed.isValid && kindOf(parsed.value.tree) === 'environment';
}

function kindOf(tree: Json): Json | undefined {
  return isMap(tree) ? tree['kind'] : undefined;
}

/** Reads values for a scenario's variables from a file: a map of names to plain values. */
export function readVariableFile(path: string, reader: FileReader): Parsed<GivenVariables> {
  const text = readScenarioFile(path, reader);
  if (!text.isValid) return text;
  const parsed = parseYaml(text.value, path);
  if (!parsed.isValid) return parsed;
  const { tree } = parsed.value;
  if (isVariableMap(tree)) return valid(tree);
  return invalid([
    parsed.value.problem({ path: [], message: 'expected names with plain values, found something else' }),
  ]);
}

/** Reads `name=value` arguments; one without a name or an equals sign is a problem of the command line. */
export function readVariableArguments(written: readonly string[]): Parsed<GivenVariables> {
  const pairs = written.map((argument, index) => ({ argument, index, at: argument.indexOf('=') }));
  const wrong = pairs.filter(({ at }) => at < 1);
  if (wrong.length === 0)
    return valid(Object.fromEntries(pairs.map(({ argument, at }) => [argument.slice(0, at), argument.slice(at + 1)])));
  const message = 'expected a variable as name=value, found';
  return invalid(
    wrong.map(({ argument }) => ({
      file: '--var',
      line: 1,
      column: 1,
      message: `${message} ${JSON.stringify(argument)}`,
    })),
  );
}
