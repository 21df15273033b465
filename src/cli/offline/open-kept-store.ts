import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceStore } from '../../domain/evidence-store';
import { CliError } from '../cli-error';

/** Opens the store's file of a state directory. Errors: there is none, so nothing was ever run here. */
export async function openKeptStore(stateDir: string): Promise<EvidenceStore> {
  const file = join(stateDir, 'evidence.db');
  if (!existsSync(file)) {
    const help = 'Run the command in the folder in which experiments were run, or set GAMEDAY_URL and GAMEDAY_TOKEN.';
    throw new CliError('Could not read the evidence', `nothing runs here and there is no ${file}`, help);
  }
  const { openStore } = await import('../../store/open-store.js');
  return openStore({ file });
}
