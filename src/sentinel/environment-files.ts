import { statSync } from 'node:fs';
import { errorCode } from '../embedded/error-code';
import { EnvironmentMemory } from '../environments/environment-memory';
import { loadEnvironments } from '../environments/load-environments';
import { forSweep, type EnvironmentFolder, type ReadEnvironments } from '../sweep/read-sweep-environments';

/** The environment files of a sentinel, and what each environment was when it was last valid. */
export class EnvironmentFiles {
  private readonly memory: EnvironmentMemory;

  constructor(private readonly folder: EnvironmentFolder) {
    this.memory = new EnvironmentMemory(folder.catalogue);
  }

  /** Reads the folder anew; what has no valid file any more is named and served as it was when it had one. */
  read(): ReadEnvironments {
    const { environments, problems } = loadEnvironments(this.folder.directory, this.folder.catalogue);
    this.memory.note(environments);
    const missing = this.memory.names().filter((name) => environments.every((one) => one.name !== name));
    return {
      environments: this.memory.forSweep().map((environment) => forSweep(environment, this.folder)),
      problems: [
        ...problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
        ...missing.map((name) => `environment ${name} has no valid file now, so it is swept as it was last`),
      ],
    };
  }

  /** Whether the file of an environment is not there now; one that is there and cannot be read may yet be mended. */
  isGone(name: string): boolean {
    const file = this.memory.lastValid(name)?.file;
    return file !== undefined && isMissing(file);
  }
}

function isMissing(file: string): boolean {
  try {
    statSync(file);
    return false;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
  }
}
