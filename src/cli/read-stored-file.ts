import type { EvidenceStore } from '../domain/evidence-store';
import type { ReportInput } from '../report/report-input';
import { CliError } from './cli-error';

/** Reads an ended experiment straight from the store. Errors: the store keeps no evidence of it. */
export async function readStoredFile(store: EvidenceStore, id: string): Promise<ReportInput> {
  const [kept, chunks] = await Promise.all([store.readEvidence(id), store.readChunks(id)]);
  if (kept) return { ...kept, chunks };
  throw new CliError(
    `Could not read experiment ${id}`,
    'the store keeps no evidence of it',
    '"gameday list" shows the latest ones.',
  );
}
