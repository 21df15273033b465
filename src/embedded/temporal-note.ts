import { readLiveProcess, type ProcessNote } from './process-note';

/** The note of a local Temporal server: `port` is its gRPC port, `url` its web pages where it has some. */
export interface TemporalNote extends ProcessNote {
  port: number;
  httpPort: number;
}

function isTemporalNote(note: ProcessNote): note is TemporalNote {
  return Number.isInteger(note.port) && 'httpPort' in note && Number.isInteger(note.httpPort);
}

/** Reads the note of a local server if its very process runs now. */
export async function readLiveTemporal(path: string): Promise<TemporalNote | undefined> {
  const note = await readLiveProcess(path);
  return note !== undefined && isTemporalNote(note) ? note : undefined;
}
