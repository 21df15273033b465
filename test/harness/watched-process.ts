import type { ChildProcess } from 'node:child_process';
import { eventually } from '../contract/eventually';
import type { Ended } from './workplace';

/** A process whose words can be waited for while it runs. */
export class WatchedProcess {
  stdout = '';
  stderr = '';
  /** Resolves when it has ended and said everything. */
  readonly ended: Promise<Ended>;

  constructor(readonly child: ChildProcess) {
    child.stdin?.end();
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((done) =>
      child.once('close', (code) => done({ code, stdout: this.stdout, stderr: this.stderr })),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until stdout or stderr matches and returns the match; rejects with all that was said. */
  async says(pattern: RegExp, withinMs = 40_000): Promise<RegExpExecArray> {
    const look = (): RegExpExecArray | null => pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
    const isSettled = async (): Promise<boolean> => look() !== null || this.hasEnded;
    await eventually(`${String(pattern)} in the words of ${this.child.spawnargs.join(' ')}`, withinMs, isSettled).catch(
      () => undefined,
    );
    const found = look();
    if (found) return found;
    throw new Error(`It never said ${String(pattern)}.\nstdout: ${this.stdout}\nstderr: ${this.stderr}`);
  }

  /** Sends a signal, unless it has ended, and waits for its end. */
  async end(signal: NodeJS.Signals): Promise<Ended> {
    if (!this.hasEnded) this.child.kill(signal);
    return this.ended;
  }
}
