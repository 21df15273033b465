import { existsSync } from 'node:fs';
import type { EvidenceStore } from '../../domain/evidence-store';
import { embeddedStoreFile, openConfiguredStore, type StorePlace } from '../../store/open-configured-store';
import { CliError } from '../cli-error';

/** Opens the store where experiments were kept. Errors: there is no file, so nothing was ever run here. */
export async function openKeptStore(place: StorePlace): Promise<EvidenceStore> {
  const file = embeddedStoreFile(place.stateDir);
  if (place.databaseUrl === undefined && !existsSync(file)) {
    const help = 'Run the command in the folder in which experiments were run, or set GAMEDAY_URL and GAMEDAY_TOKEN.';
    throw new CliError('Could not read the evidence', `nothing runs here and there is no ${file}`, help);
  }
  return openConfiguredStore(place);
}
