import { diskReader } from '../environments/disk-reader';
import { readScenarioFile } from '../scenario/scenario-file';
import type { GivenVariables } from '../scenario/variables';
import type { StartRequest } from './api';
import { CliError } from './cli-error';
import type { OptionSpec } from './command';
import type { CommandInput } from './command-input';

/** The flags that give values to a scenario's variables. */
export const variableOptions: OptionSpec[] = [
  { flags: '--var <name=value>', description: 'a value for a declared variable', isRepeatable: true },
  { flags: '--var-file <file>', description: 'values for variables from a YAML file; --var wins' },
];

/** Reads the scenario and the variables that a command line names. Errors: files that cannot be read, in plain words. */
export async function readScenario(input: CommandInput, isRehearsal: boolean): Promise<StartRequest> {
  const file = input.argument('file');
  return { text: readText(file), file, variables: await readVariables(input), isRehearsal };
}

/** Reads the values of --var-file and --var. */
export async function readVariables(input: CommandInput): Promise<GivenVariables> {
  const [file, written] = [input.text('varFile'), input.texts('var')];
  if (file === undefined && written.length === 0) return {};
  const { readVariableArguments, readVariableFile } = await import('../scenario/validate-files.js');
  const read = [...(file === undefined ? [] : [readVariableFile(file, diskReader)]), readVariableArguments(written)];
  const problems = read.flatMap((one) => (one.isValid ? [] : one.problems));
  if (problems.length > 0)
    throw new CliError(
      'Could not read the variables',
      'they are not names with plain values',
      'Write them as --var name=value.',
      problems,
    );
  return Object.assign({}, ...read.map((one) => (one.isValid ? one.value : {}))) as GivenVariables;
}

// The same reader and words as "validate" has.
function readText(file: string): string {
  const text = readScenarioFile(file, diskReader);
  if (text.isValid) return text.value;
  throw new CliError(
    `Could not read ${file}`,
    'it is not a scenario file',
    '"gameday init" writes one to start from.',
    text.problems,
  );
}
