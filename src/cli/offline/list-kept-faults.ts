import { catalogue } from '../../../activities/catalogue';
import type { FaultsAnswer } from '../../api/answers';
import type { Config } from '../../config';
import { readSweepEnvironments } from '../../sweep/read-sweep-environments';
import { unknownEnvironment } from './unknown-environment';

/** Asks every target system with drivers and environment files alone. */
export async function listKeptFaults(
  config: Pick<Config, 'environmentsDirectory' | 'env'>,
  environment: string | undefined,
): Promise<FaultsAnswer> {
  const { listFaults } = await import('../../server/fault-source.js');
  const read = readSweepEnvironments({ directory: config.environmentsDirectory, catalogue, env: config.env });
  const environments = read.environments.filter(({ name }) => environment === undefined || name === environment);
  const { faults, troubles } = await listFaults(catalogue.faults, environments);
  const missing = unknownEnvironment(
    environment,
    read.environments.map(({ name }) => name),
  );
  return { faults, troubles: [...read.problems, ...missing, ...troubles] };
}
