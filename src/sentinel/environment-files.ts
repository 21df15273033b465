import { statSync } from 'node:fs';
import { errorCode } from '../embedded/error-code';
import { loadEnvironments } from '../environments/load-environments';
import { forSweep, type EnvironmentFolder, type ReadEnvironments } from '../sweep/read-sweep-environments';

/** The environment files of a sentinel, and where each environment was read from last. */
export class EnvironmentFiles {
  private readonly files = new Map<string, string>();

  constructor(private readonly folder: EnvironmentFolder) {}

  /** Reads the folder anew; a file with problems is left out and named. */
  read(): ReadEnvironments {
    const { environments, problems } = loadEnvironments(this.folder.directory, this.folder.catalogue);
    for (const { name, file } of environments) this.files.set(name, file);
    return {
      environments: environments.map((environment) => forSweep(environment, this.folder)),
      problems: problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
    };
  }

  /** Whether the file of an environment is not there now; one that is there and cannot be read may yet be mended. */
  isGone(name: string): boolean {
    const file = this.files.get(name);
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
