import { setTimeout } from 'node:timers/promises';
import { ApiFailure } from './api-failure';

/** What can be asked to go wrong. */
export interface TroubleRequest {
  /** Every connection dies without an answer while true. */
  isCut?: boolean;
  /** Every answer waits so long. */
  delayMs?: number;
  /** The next so many requests get this status. */
  status?: number;
  times?: number;
}

/** A request as it came. */
export interface Write {
  method: string;
  path: string;
  contentType: string;
  text: string;
}

const reasons: Record<number, string> = { 429: 'TooManyRequests', 500: 'InternalError', 503: 'ServiceUnavailable' };

/** What goes wrong at present, and a look at every write before it is done. */
export class Trouble {
  isCut = false;
  delayMs = 0;
  #status = 500;
  #times = 0;
  /** Requests so far that were no reads. */
  writes = 0;
  /** Called right before a write is done, with its number, and waited for; false drops the connection instead. */
  beforeWrite: (number: number, write: Write) => boolean | Promise<boolean> = () => true;

  /** Changes what goes wrong; what is not named stays as it is. */
  set({
    isCut = this.isCut,
    delayMs = this.delayMs,
    status = this.#status,
    times = this.#times,
  }: TroubleRequest): void {
    this.isCut = isCut;
    this.delayMs = delayMs;
    this.#status = status;
    this.#times = times;
  }

  /** Everything works again. */
  clear(): void {
    this.set({ isCut: false, delayMs: 0, times: 0 });
    this.beforeWrite = () => true;
    this.writes = 0;
  }

  /** Whether a request may go on; false when its connection is to be cut. Throws the failure that was asked for. */
  async pass(request: Write): Promise<boolean> {
    if (this.isCut) return false;
    if (request.method !== 'GET' && !(await this.beforeWrite((this.writes += 1), request))) return false;
    if (this.delayMs > 0) await setTimeout(this.delayMs, undefined, { ref: false });
    if (this.#times === 0) return true;
    this.#times -= 1;
    throw new ApiFailure(this.#status, reasons[this.#status] ?? 'Unknown', 'this failure was asked for');
  }
}
