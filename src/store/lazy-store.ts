import type { EvidenceStore } from '../domain/evidence-store';

/** A store that is opened at its first use and, as long as that fails, anew at each use. */
export function lazyStore(open: () => Promise<EvidenceStore>): EvidenceStore {
  let opening: Promise<EvidenceStore> | undefined;
  const opened = (): Promise<EvidenceStore> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    writeChunk: async (chunk) => (await opened()).writeChunk(chunk),
    readChunks: async (experimentId) => (await opened()).readChunks(experimentId),
    saveExperiment: async (row) => (await opened()).saveExperiment(row),
    listExperiments: async (limit) => (await opened()).listExperiments(limit),
    saveEvidence: async (evidence, verdict) => (await opened()).saveEvidence(evidence, verdict),
    readEvidence: async (experimentId) => (await opened()).readEvidence(experimentId),
    appendAudit: async (entry, act) => (await opened()).appendAudit(entry, act),
    listAudit: async (limit) => (await opened()).listAudit(limit),
    close: async () => opening?.then((store) => store.close()),
  };
}
