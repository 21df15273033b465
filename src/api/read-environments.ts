import type { EnvironmentAnswer, EnvironmentsAnswer } from './answers';
import { askGameday, messageOf } from './ask';
import { orTrouble } from './or-trouble';
import type { ApiParts } from './parts';

/** Shows one environment; one in which nothing ever ran is free. */
export async function readEnvironment({ gameday }: ApiParts, name: string): Promise<EnvironmentAnswer> {
  const state = await askGameday(`Could not show environment ${name}`, () => gameday.environment(name));
  return state ?? { name, experiments: [], injections: [] };
}

/** Shows every environment that has a file, and those without one that are halted; what cannot be asked is said, not fatal. */
export async function readEnvironments(parts: ApiParts): Promise<EnvironmentsAnswer> {
  const [filed, known] = await Promise.all([namesOfFiles(parts), namesInTemporal(parts)]);
  const names = [...new Set([...filed.values, ...known.values])];
  const read = await Promise.all(names.map((name) => orTrouble(readEnvironment(parts, name).then((one) => [one]))));
  const shown = ({ name, halted }: EnvironmentAnswer): boolean => filed.values.includes(name) || halted !== undefined;
  const { directory } = parts.environments;
  return {
    ...(directory === undefined ? {} : { directory }),
    environments: read.flatMap((one) => one.values).filter(shown),
    troubles: [...new Set([filed, known, ...read].flatMap((one) => one.troubles))],
  };
}

async function namesOfFiles({ environments }: ApiParts): Promise<{ values: string[]; troubles: string[] }> {
  try {
    return { values: await environments.names(), troubles: [] };
  } catch (error) {
    return { values: [], troubles: [`Could not read the environment files: ${messageOf(error)}`] };
  }
}

function namesInTemporal({ gameday }: ApiParts): Promise<{ values: string[]; troubles: string[] }> {
  return orTrouble(
    askGameday('Could not look for halted environments without a file', () => gameday.environmentNames()),
  );
}
