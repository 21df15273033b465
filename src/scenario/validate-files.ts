import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import { parseEnvironment } from './environment';
import { planScenario, type PlanContext } from './parse-scenario';
import { asMap } from './plain-json';
import { inFileOrder, invalid, valid, type Parsed, type Problem } from './problem';
import { readScenarioFile, type FileReader } from './scenario-file';
import { isVariableMap, type GivenVariables } from './variables';
import { parseYaml } from './yaml-document';

/** What files are validated with. */
export interface ValidateOptions {
  catalogue: Catalogue;
  /** Those that are there besides; an environment file among the given ones counts in the place of one of its name. */
  environments: readonly Environment[];
  /** Environment files that are there besides and have problems of their own. */
  brokenFiles?: readonly string[];
  variables?: GivenVariables;
  reader: FileReader;
}

/** Every problem of every file at once, scenarios and environments alike; nothing has to run for it. */
export function validateFiles(paths: readonly string[], options: ValidateOptions): Problem[] {
  const files = paths.map((path) => readFile(path, options));
  const given = files.flatMap((file) => (file.kind === 'environment' ? [file] : []));
  const named = new Set(given.map(({ name }) => name));
  const environments = [
    ...given.flatMap(({ parsed }) => (parsed.isValid ? [parsed.value] : [])),
    ...options.environments.filter(({ name }) => !named.has(name)),
  ];
  // What is wrong with a given environment is said where it stands; its scenarios are not told that it is missing.
  const unsound = given.flatMap(({ name, parsed }) => (parsed.isValid || name === undefined ? [] : [name]));
  const context = { ...options, environments, unsound };
  return inFileOrder(files.flatMap((file) => problemsOf(file, context)));
}

type GivenFile =
  | { kind: 'unreadable'; problems: Problem[] }
  | { kind: 'environment'; name: string | undefined; parsed: Parsed<Environment> }
  | { kind: 'scenario'; path: string; text: string };

function readFile(path: string, { reader, catalogue }: ValidateOptions): GivenFile {
  const text = readScenarioFile(path, reader);
  if (!text.isValid) return { kind: 'unreadable', problems: text.problems };
  const parsed = parseYaml(text.value, path);
  const tree = parsed.isValid ? asMap(parsed.value.tree) : {};
  if (tree['kind'] !== 'environment') return { kind: 'scenario', path, text: text.value };
  const name = typeof tree['name'] === 'string' ? tree['name'] : undefined;
  return { kind: 'environment', name, parsed: parseEnvironment(text.value, path, catalogue) };
}

function problemsOf(file: GivenFile, context: PlanContext): Problem[] {
  if (file.kind === 'unreadable') return file.problems;
  const parsed = file.kind === 'environment' ? file.parsed : planScenario(file.text, file.path, context);
  return parsed.isValid ? [] : parsed.problems;
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
