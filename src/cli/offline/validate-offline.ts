import { catalogue } from '../../../activities/catalogue';
import type { Config } from '../../config';
import { diskReader } from '../../environments/disk-reader';
import { loadEnvironments } from '../../environments/load-environments';
import type { Problem } from '../../scenario/problem';
import { validateFiles } from '../../scenario/validate-files';
import type { GivenVariables } from '../../scenario/variables';

/** Checks files against this build's plug-ins and the environments of the folder. */
export function validateOffline(
  { environmentsDirectory }: Pick<Config, 'environmentsDirectory'>,
  files: string[],
  variables: GivenVariables,
): Problem[] {
  const { environments, problems } = loadEnvironments(environmentsDirectory, catalogue);
  const brokenFiles = [...new Set(problems.map(({ file }) => file))].filter((file) => file !== environmentsDirectory);
  return validateFiles(files, { catalogue, environments, brokenFiles, variables, reader: diskReader });
}
