import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import { parseEnvironment } from '../scenario/environment';
import { inFileOrder, type Problem } from '../scenario/problem';
import { readScenarioFile, type FileReader } from '../scenario/scenario-file';
import { diskReader } from './disk-reader';

/** The environments of a folder; those with problems are missing from the list. */
export interface LoadedEnvironments {
  environments: Environment[];
  problems: Problem[];
}

/** Reads every `.yaml` and `.yml` file of a folder, in the order of their names. */
export function loadEnvironments(directory: string, catalogue: Catalogue, reader?: FileReader): LoadedEnvironments {
  const loaded: LoadedEnvironments = { environments: [], problems: [] };
  for (const file of filesIn(directory, loaded.problems)) load(file, catalogue, reader ?? diskReader, loaded);
  return { ...loaded, problems: inFileOrder(loaded.problems) };
}

function filesIn(directory: string, problems: Problem[]): string[] {
  try {
    const names = readdirSync(directory).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'));
    return names.sort().map((name) => join(directory, name));
  } catch {
    const message = 'expected a folder with environment files, found none that can be read';
    problems.push({ file: directory, line: 1, column: 1, message, hint: 'set GAMEDAY_ENVIRONMENTS to the folder' });
    return [];
  }
}

function load(file: string, catalogue: Catalogue, reader: FileReader, loaded: LoadedEnvironments): void {
  const text = readScenarioFile(file, reader);
  const parsed = text.isValid ? parseEnvironment(text.value, file, catalogue) : text;
  if (!parsed.isValid) return void loaded.problems.push(...parsed.problems);
  const { name } = parsed.value;
  const earlier = loaded.environments.find((one) => one.name === name);
  if (!earlier) return void loaded.environments.push(parsed.value);
  const message = `name: expected a name of its own, found "${name}", which ${earlier.file} has already`;
  loaded.problems.push({ file, line: 1, column: 1, message });
}
