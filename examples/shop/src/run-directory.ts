import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The endpoints of a shop; each has a file `<endpoint>.url` in the run directory. */
export const ENDPOINTS = ['checkout', 'payment', 'catalogue', 'auditor', 'payment-control'] as const;

/** Base URLs by endpoint. */
export type Urls = Partial<Record<(typeof ENDPOINTS)[number], string>>;

/** The files of one shop, all in one directory. */
export class RunDirectory {
  constructor(readonly path: string) {}

  /** The name of a file in the directory. */
  file(name: string): string {
    return join(this.path, name);
  }

  /** Empties the ledger and the queue, forgets the endpoints and draws a new control token, readable by the owner only. */
  prepare(): void {
    for (const name of ['payment-ledger.jsonl', 'order-queue.jsonl', 'payment-control.token']) this.remove(name);
    this.removeUrls();
    writeFileSync(this.file('payment-control.token'), randomBytes(32).toString('hex'), { mode: 0o600 });
  }

  /** Writes one file per endpoint. */
  writeUrls(urls: Urls): void {
    for (const endpoint of ENDPOINTS) this.write(`${endpoint}.url`, urls[endpoint] ?? '');
  }

  /** Reads the endpoint files; an endpoint without one is left out. */
  readUrls(): Urls {
    const urls: Urls = {};
    for (const endpoint of ENDPOINTS) {
      const url = this.read(`${endpoint}.url`);
      if (url) urls[endpoint] = url;
    }
    return urls;
  }

  /** Removes the endpoint files. */
  removeUrls(): void {
    for (const endpoint of ENDPOINTS) this.remove(`${endpoint}.url`);
  }

  /** Writes a file in one step, so that no reader meets half of it. */
  write(name: string, text: string): void {
    mkdirSync(this.path, { recursive: true });
    const draft = this.file(`.${name}.${process.pid}`);
    writeFileSync(draft, text);
    renameSync(draft, this.file(name));
  }

  /** Reads a file; `undefined` when it cannot be read. */
  read(name: string): string | undefined {
    try {
      return readFileSync(this.file(name), 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Removes a file, if it is there. */
  remove(name: string): void {
    rmSync(this.file(name), { force: true });
  }
}
