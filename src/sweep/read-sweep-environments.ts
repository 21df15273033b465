import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import { connectionFor } from '../environments/connection-for';
import { loadEnvironments } from '../environments/load-environments';
import { referenceSource } from '../environments/reference-source';
import type { SweepEnvironment } from './sweep-environment';

/** What a folder of environment files gave, and in plain words what of it could not be read. */
export interface ReadEnvironments {
  environments: SweepEnvironment[];
  problems: string[];
}

/** Where environments come from. */
export interface EnvironmentFolder {
  directory: string;
  catalogue: Catalogue;
  /** For `{env: NAME}` references. */
  env: Record<string, string | undefined>;
}

/** Reads a folder for sweeping; a file with problems is left out and named, so that it never hides the others. */
export function readSweepEnvironments(folder: EnvironmentFolder): ReadEnvironments {
  const { environments, problems } = loadEnvironments(folder.directory, folder.catalogue);
  return {
    environments: environments.map((environment) => forSweep(environment, folder)),
    problems: problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

/** An environment whose references are resolved at the moment a driver asks. */
export function forSweep(
  environment: Environment,
  { catalogue, env }: Omit<EnvironmentFolder, 'directory'>,
): SweepEnvironment {
  const has = (system: string) => Object.hasOwn(environment.connections, system);
  return {
    name: environment.name,
    connections: (system) =>
      has(system) ? connectionFor(environment, system, catalogue, referenceSource(env)) : undefined,
    optedIn: (system) => (Object.hasOwn(environment.targets, system) ? (environment.targets[system] ?? []) : []),
  };
}
