import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startShop, type StartedShop } from './shop';
import { endLeftOvers } from './traces';

const root = resolve(__dirname, '..', '..');
const main = join(root, 'dist', 'src', 'cli', 'main.js');

/** What a command printed and how it ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A folder of its own with the project's scenarios and environments and a running shop, as a user has it. */
export class Workplace {
  private constructor(
    readonly dir: string,
    readonly shop: StartedShop,
  ) {}

  /** Copies scenarios and environments and starts a shop with these settings. */
  static async open(shopEnv: Record<string, string> = {}): Promise<Workplace> {
    const dir = mkdtempSync(join(tmpdir(), 'gameday-workplace-'));
    for (const folder of ['scenarios', 'environments'])
      cpSync(join(root, folder), join(dir, folder), { recursive: true });
    return new Workplace(dir, await startShop({ dir: join(dir, '.gameday', 'shop'), env: shopEnv }));
  }

  /** Starts `gameday` with these words here. */
  start(words: string[], env: Record<string, string> = {}): ChildProcess {
    const variables = { ...process.env, NO_COLOR: '1', ...env };
    return spawn(process.execPath, [main, ...words], { cwd: this.dir, env: variables, stdio: 'pipe' });
  }

  /** Runs `gameday` with these words here on a terminal of its own; both streams come as stdout. */
  async runOnTerminal(words: string[], env: Record<string, string> = {}): Promise<Ended> {
    const line = [process.execPath, main, ...words].map((word) => `'${word}'`).join(' ');
    const variables = { ...process.env, TERM: 'xterm', COLUMNS: '120', ...env };
    // script(1) makes a terminal, hands the exit code on, and writes no file.
    const options = { cwd: this.dir, env: variables, stdio: 'pipe' } as const;
    return whenEnded(spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], options));
  }

  /** Runs `gameday` with these words here until it ends. */
  async run(words: string[], env: Record<string, string> = {}): Promise<Ended> {
    return whenEnded(this.start(words, env));
  }

  /** Ends the shop and whatever else still works here, and removes the folder. */
  async close(): Promise<void> {
    await this.shop.stop();
    // A sentinel that has just seen a fault would wait for ever for a folder that is gone.
    endLeftOvers(this.dir);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Resolves with what a process printed once it has ended. */
function whenEnded(child: ChildProcess): Promise<Ended> {
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdin?.end();
  child.stdout?.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
  return new Promise((done) => child.once('close', (code) => done({ ...ended, code })));
}
