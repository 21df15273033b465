import { join, resolve } from 'node:path';
import { catalogue } from '../../../activities/catalogue';
import { connect, type ConnectedClient, type TemporalAddress } from '../../client/connect';
import type { Config } from '../../config';
import type { EvidenceStore } from '../../domain/evidence-store';
import { readOrMakeSealKey } from '../../embedded/seal-key';
import { openStateDir } from '../../embedded/state-dir';
import { EnvironmentFolder } from '../../environments/environment-folder';
import { lazyStore } from '../../store/lazy-store';
import { openStore } from '../../store/open-store';
import { findTemporalAddress } from '../offline/connect-temporal';

/** What server and worker have in common: Temporal, the environments, the store, the seal. */
export interface Reached {
  temporal: TemporalAddress;
  connected: ConnectedClient;
  folder: EnvironmentFolder;
  store: EvidenceStore;
  sealKey: string;
  stateDir: string;
  close(): Promise<void>;
}

/** Reaches what a part needs. Errors: Temporal does not answer. */
export async function reach(config: Config): Promise<Reached> {
  const { path: stateDir } = await openStateDir(config.stateDirectory);
  const temporal = { address: await findTemporalAddress(config), namespace: 'default' };
  const connected = await connect(temporal);
  const store = lazyStore(() => openStore({ file: join(stateDir, 'evidence.db') }));
  return {
    ...{ temporal, connected, store, stateDir },
    folder: new EnvironmentFolder(resolve(config.environmentsDirectory), catalogue, config.env),
    sealKey: config.sealKey ?? (await readOrMakeSealKey(stateDir)),
    async close() {
      await store.close();
      await connected.close();
    },
  };
}
