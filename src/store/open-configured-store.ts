import { join } from 'node:path';
import type { EvidenceStore } from '../domain/evidence-store';

/** Where a process keeps evidence: a database when one is named, else the embedded file of its state directory. */
export interface StorePlace {
  databaseUrl?: string | undefined;
  stateDir: string;
}

/** The embedded file of a state directory. */
export function embeddedStoreFile(stateDir: string): string {
  return join(stateDir, 'evidence.db');
}

/** Opens the store that was configured, loading its engine only then. Errors: one `StoreError`. */
export async function openConfiguredStore({ databaseUrl, stateDir }: StorePlace): Promise<EvidenceStore> {
  if (databaseUrl === undefined) return (await loadEmbedded()).openStore({ file: embeddedStoreFile(stateDir) });
  return (await loadPostgres()).openPostgresStore({ url: databaseUrl });
}

/** Loads the engine of the configured store ahead of its first use. */
export async function loadStoreEngine({ databaseUrl }: Pick<StorePlace, 'databaseUrl'>): Promise<void> {
  await (databaseUrl === undefined ? loadEmbedded() : loadPostgres());
}

const loadEmbedded = () => import('./open-store.js');
const loadPostgres = () => import('./open-postgres-store.js');
