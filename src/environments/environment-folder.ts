import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import { formatProblem } from '../scenario/problem';
import { EnvironmentMemory } from './environment-memory';
import { folderStamp } from './folder-stamp';
import { loadEnvironments, type LoadedEnvironments } from './load-environments';
import { referenceSource, type ReferenceSource } from './reference-source';

/**
 * The environment files that a process serves, looked at anew at each question so that a change counts at once. Whoever
 * starts a fault needs the file as it is now; whoever watches or ends one is also served what was valid last.
 */
export class EnvironmentFolder {
  readonly source: ReferenceSource;
  private readonly memory: EnvironmentMemory;
  private kept: { stamp: string | undefined; loaded: LoadedEnvironments } | undefined;

  constructor(
    readonly directory: string,
    readonly catalogue: Catalogue,
    env: Readonly<Record<string, string | undefined>>,
    private readonly now: () => number = Date.now,
  ) {
    this.source = referenceSource(env);
    this.memory = new EnvironmentMemory(catalogue);
    // What breaks from now on is already known.
    this.load();
  }

  /** For a sweep: every environment that has, or ever had, a valid file here, with all that faults may be reached by. */
  all(): Environment[] {
    this.load();
    return this.memory.forSweep();
  }

  /** Their names. */
  names(): string[] {
    return this.all().map((environment) => environment.name);
  }

  /** One as its file says now; throws, with the problems of the folder, when it is not there or not valid. */
  named(name: string): Environment {
    return this.load().environments.find((one) => one.name === name) ?? this.refuse(name);
  }

  /** One as its file said when it was last valid; throws when it never was. */
  lastValid(name: string): Environment {
    this.load();
    return this.memory.lastValid(name) ?? this.refuse(name);
  }

  /** The same with every way to a fault that the file ever named; throws when it was never valid. */
  forRemoval(name: string): Environment {
    this.load();
    return this.memory.forRemoval(name) ?? this.refuse(name);
  }

  private refuse(name: string): never {
    const { problems } = this.load();
    const why = problems.length > 0 ? `; ${problems.map(formatProblem).join('; ')}` : '';
    throw new Error(`environment ${name} has no valid file in ${this.directory}${why}`);
  }

  /** Parsing takes milliseconds, also on the way to a rollback, so it is done once per change. */
  private load(): LoadedEnvironments {
    const stamp = folderStamp(this.directory, this.now());
    if (stamp !== undefined && stamp === this.kept?.stamp) return this.kept.loaded;
    const loaded = loadEnvironments(this.directory, this.catalogue);
    this.memory.note(loaded.environments);
    this.kept = { stamp, loaded };
    return loaded;
  }
}
