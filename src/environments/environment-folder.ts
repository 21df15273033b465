import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import { formatProblem } from '../scenario/problem';
import { loadEnvironments } from './load-environments';
import { referenceSource, type ReferenceSource } from './reference-source';

/** The environment files that a process serves, read anew at each question so that a change counts at once. */
export class EnvironmentFolder {
  readonly source: ReferenceSource;

  constructor(
    readonly directory: string,
    readonly catalogue: Catalogue,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.source = referenceSource(env);
  }

  /** Every environment whose file is valid. */
  all(): Environment[] {
    return loadEnvironments(this.directory, this.catalogue).environments;
  }

  /** Their names. */
  names(): string[] {
    return this.all().map((environment) => environment.name);
  }

  /** One by name; throws, with the problems of the folder, when it is not there or not valid. */
  named(name: string): Environment {
    const { environments, problems } = loadEnvironments(this.directory, this.catalogue);
    const found = environments.find((environment) => environment.name === name);
    if (found) return found;
    const why = problems.length > 0 ? `; ${problems.map(formatProblem).join('; ')}` : '';
    throw new Error(`environment ${name} has no valid file in ${this.directory}${why}`);
  }
}
