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
  const { environments } = loadEnvironments(environmentsDirectory, catalogue);
  return validateFiles(files, { catalogue, environments, variables, reader: diskReader });
}
