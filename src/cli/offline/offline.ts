import type { Config } from '../../config';
import { localOwnerName } from '../../people/local-token';
import type { Offline } from '../world';
import { connectTemporal } from './connect-temporal';
import { openKeptStore } from './open-kept-store';

/** What works without an API; each part is loaded when it is used. */
export function createOffline(config: Config): Offline {
  return {
    gameday: () => connectTemporal(config),
    environments: {
      names: async () => (await loadHere(config)).environments.map(({ name }) => name),
      isWhole: async () => (await loadHere(config)).problems.length === 0,
    },
    store: () => openKeptStore({ databaseUrl: config.databaseUrl, stateDir: config.stateDirectory }),
    person: () => ({ name: localOwnerName(), groups: [] }),
    async sweep(request) {
      const { removeFaults } = await import('./remove-faults.js');
      return removeFaults(config, request);
    },
    async listFaults(environment) {
      const { listKeptFaults } = await import('./list-kept-faults.js');
      return listKeptFaults(config, environment);
    },
    async validate(files, variables) {
      const { validateOffline } = await import('./validate-offline.js');
      return validateOffline(config, files, variables);
    },
  };
}

async function loadHere({ environmentsDirectory }: Config) {
  const [{ loadEnvironments }, { catalogue }] = await Promise.all([
    import('../../environments/load-environments.js'),
    import('../../../activities/catalogue.js'),
  ]);
  return loadEnvironments(environmentsDirectory, catalogue);
}
