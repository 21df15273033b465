import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One charge; `amount` is in cents. */
export interface Charge {
  orderId: string;
  amount: number;
  chargedAt: string;
}

/** Reads every complete line of a ledger file; a missing file is an empty ledger, an unfinished last line is left out. */
export function readLedger(file: string): Charge[] {
  if (!existsSync(file)) return [];
  const complete = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return complete.map((line) => JSON.parse(line) as Charge);
}

/** Appends one charge as a line of JSON; in the file when it returns. */
export function appendCharge(file: string, charge: Charge): void {
  appendFileSync(file, `${JSON.stringify(charge)}\n`);
}
