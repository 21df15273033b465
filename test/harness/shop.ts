import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtShop } from './built-shop';

/** A shop of real processes; `stop` ends them all and resolves when its main process is gone. */
export interface StartedShop {
  dir: string;
  urls: { checkout: string; payment: string; catalogue: string; auditor: string; 'payment-control': string };
  pids: { shop: number; checkout: number; payment: number; catalogue: number; auditor: number };
  controlToken: string;
  stop(): Promise<void>;
}

/** Starts the shop in its own directory (a new temporary one by default) with these settings beside our own. */
export async function startShop(options: { dir?: string; env?: Record<string, string> } = {}): Promise<StartedShop> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'gameday-shop-'));
  const child = await spawnShop(dir, options.env ?? {});
  const line = await firstLine(child, /^shop ready (.*)$/m);
  const { urls, pids } = JSON.parse(line) as Pick<StartedShop, 'urls' | 'pids'>;
  const controlToken = readFileSync(join(dir, 'payment-control.token'), 'utf8');
  const stop = async () => {
    await end(child);
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
  };
  return { dir, urls, pids, controlToken, stop };
}

/** Starts the shop's main process with piped streams, so that it ends with this test run whatever happens to it. */
export async function spawnShop(dir: string, env: Record<string, string> = {}): Promise<ChildProcess> {
  const main = await builtShop();
  return spawn(process.execPath, [main, '--dir', dir], { env: { ...process.env, ...env }, stdio: 'pipe' });
}

/** Resolves to the first group of the pattern once the process has printed it; rejects with its log when it ends first. */
export function firstLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.stdout?.on('data', (chunk: Buffer) => {
      const match = pattern.exec((printed += chunk.toString()));
      if (match) resolve(match[1] ?? '');
    });
    child.once('close', (code) => reject(new Error(`Starting the shop: it ended with code ${code}. ${log}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
