import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import { formatProblem } from '../scenario/problem';
import { folderStamp } from './folder-stamp';
import { loadEnvironments, type LoadedEnvironments } from './load-environments';
import { referenceSource, type ReferenceSource } from './reference-source';

/** The environment files that a process serves, looked at anew at each question so that a change counts at once. */
export class EnvironmentFolder {
  readonly source: ReferenceSource;
  private kept: { stamp: string; loaded: LoadedEnvironments } | undefined;

  constructor(
    readonly directory: string,
    readonly catalogue: Catalogue,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.source = referenceSource(env);
  }

  /** Every environment whose file is valid, or was when it was last read. */
  all(): Environment[] {
    return [...this.load().environments];
  }

  /** Their names. */
  names(): string[] {
    return this.all().map((environment) => environment.name);
  }

  /** One by name; throws, with the problems of the folder, when it is not there or not valid. */
  named(name: string): Environment {
    const { environments, problems } = this.load();
    const found = environments.find((environment) => environment.name === name);
    if (found) return found;
    const why = problems.length > 0 ? `; ${problems.map(formatProblem).join('; ')}` : '';
    throw new Error(`environment ${name} has no valid file in ${this.directory}${why}`);
  }

  /** Parsing takes milliseconds, also on the way to a rollback, so it is done once per change. */
  private load(): LoadedEnvironments {
    const stamp = folderStamp(this.directory, Date.now());
    if (stamp !== undefined && stamp === this.kept?.stamp) return this.kept.loaded;
    const loaded = this.withLastValid(loadEnvironments(this.directory, this.catalogue));
    this.kept = stamp === undefined ? undefined : { stamp, loaded };
    return loaded;
  }

  /** A slip in a file must not stand between a fault and its rollback: what was valid last serves until it is mended. */
  private withLastValid({ environments, problems }: LoadedEnvironments): LoadedEnvironments {
    const broken = problems.map((problem) => problem.file);
    const names = environments.map((environment) => environment.name);
    const before = this.kept?.loaded.environments ?? [];
    const rescued = before.filter(({ name, file }) => broken.includes(file) && !names.includes(name));
    return { environments: [...environments, ...rescued], problems };
  }
}
