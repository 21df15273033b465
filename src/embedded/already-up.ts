import type { ProcessNote } from './process-note';

/** Thrown when another one runs in the same folder. */
export class AlreadyUp extends Error {
  constructor(readonly note: ProcessNote) {
    super(`Gameday already runs in this folder at ${note.url ?? 'an unknown address'} (process ${note.pid})`);
    this.name = 'AlreadyUp';
  }
}
