import type { EnvironmentAnswer, EnvironmentsAnswer } from './answers';
import { askGameday, messageOf } from './ask';
import { orTrouble } from './or-trouble';
import type { ApiParts } from './parts';

/** Shows one environment; one in which nothing ever ran is free. */
export async function readEnvironment({ gameday }: ApiParts, name: string): Promise<EnvironmentAnswer> {
  const state = await askGameday(`Could not show environment ${name}`, () => gameday.environment(name));
  return state ?? { name, experiments: [], injections: [] };
}

/** Shows every environment that has a file; what cannot be asked is said, not fatal. */
export async function readEnvironments(parts: ApiParts): Promise<EnvironmentsAnswer> {
  try {
    const names = await parts.environments.names();
    const read = await Promise.all(names.map((name) => orTrouble(readEnvironment(parts, name).then((one) => [one]))));
    return {
      environments: read.flatMap((one) => one.values),
      troubles: [...new Set(read.flatMap((one) => one.troubles))],
    };
  } catch (error) {
    return { environments: [], troubles: [`Could not read the environment files: ${messageOf(error)}`] };
  }
}
