import type { EvidenceStore, SeriesChunk } from '../domain/evidence-store';
import { deliverAll, type Delivery } from './deliver';
import { problemOf } from './problem';
import { dropEmptyFolders, putChunk, setTornAside, spooledFiles } from './spool-folder';

/** Where chunks wait while the store is away, and how to reach the store. */
export interface SpoolOptions {
  /** A folder of its own; several processes may share it. */
  dir: string;
  /** Asked again for each delivery until it answers. */
  store: () => Promise<EvidenceStore> | EvidenceStore;
  log?: (line: string) => void;
  /** The longest pause between two attempts to deliver. */
  retryMaxMs?: number;
}

/** Carries series to the store without anybody waiting for it. */
export interface Spool {
  /** Puts the chunk on the local disk and returns; never throws. */
  write(chunk: SeriesChunk): void;
  /** Tries to deliver everything now, also what earlier processes left; never throws. */
  flush(): Promise<{ pending: number }>;
  /** How many chunks still wait on disk, of one experiment or of all. */
  pending(experimentId?: string): number;
  /** Stops delivering after one last attempt; what is left waits on disk for the next process. */
  close(): Promise<void>;
}

const retryMinMs = 250;

/** Opens a spool and begins to deliver what earlier processes left. Errors: none; problems are logged. */
export function openSpool(options: SpoolOptions): Spool {
  const courier = new Courier(options);
  courier.wake();
  return {
    write: (chunk) => courier.write(chunk),
    flush: () => courier.flush(),
    pending: (experimentId) => spooledFiles(options.dir, experimentId).length,
    close: () => courier.close(),
  };
}

class Courier {
  readonly #log: (line: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #underway: Promise<Delivery> | undefined;
  #pauseMs = 0;
  #isAway = false;
  #isClosed = false;

  constructor(private readonly options: SpoolOptions) {
    this.#log = options.log ?? (() => undefined);
  }

  write(chunk: SeriesChunk): void {
    try {
      putChunk(this.options.dir, chunk);
    } catch (error) {
      this.#log(lostLine(chunk, error));
    }
    this.wake();
  }

  async flush(): Promise<{ pending: number }> {
    // The one under way may have begun before the last chunk was written.
    await this.#underway;
    await this.#deliver();
    await dropEmptyFolders(this.options.dir);
    return { pending: spooledFiles(this.options.dir).length };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.flush();
  }

  wake(): void {
    if (this.#isClosed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#deliver();
    }, this.#pauseMs);
    this.#timer.unref();
  }

  #deliver(): Promise<Delivery> {
    this.#underway ??= this.#attempt().finally(() => {
      this.#underway = undefined;
    });
    return this.#underway;
  }

  async #attempt(): Promise<Delivery> {
    for (const path of this.#tornFiles()) this.#log(`evidence spool: ${path} was torn by a crash; it is a gap`);
    const delivery = await deliverAll(this.options.dir, this.options.store, this.#log);
    this.#note(delivery);
    if (delivery.left > 0) this.wake();
    return delivery;
  }

  #tornFiles(): string[] {
    try {
      return setTornAside(this.options.dir, Date.now());
    } catch {
      return [];
    }
  }

  #note({ left, problem }: Delivery): void {
    if (problem === undefined) {
      if (this.#isAway) this.#log('evidence spool: the store is back and has everything');
      this.#isAway = false;
      this.#pauseMs = 0;
      return;
    }
    if (!this.#isAway) this.#log(`evidence spool: ${left} chunks wait in ${this.options.dir}: ${problem}`);
    this.#isAway = true;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, retryMinMs), this.options.retryMaxMs ?? 5_000);
  }
}

function lostLine(chunk: SeriesChunk, error: unknown): string {
  const name = `${chunk.experimentId} ${chunk.observation} ${chunk.signal} ${chunk.number}`;
  return `evidence spool: chunk ${name} could not be put on disk and is a gap: ${problemOf(error).message}`;
}
