import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ReadyMessage } from './service-process';
import type { Urls } from './run-directory';

const STOP_MS_MAX = 2_000;

/** One service of the shop as a process of its own; it ends with its parent, because their channel breaks. */
export class ChildService {
  private constructor(
    readonly name: string,
    readonly urls: Urls,
    private readonly child: ChildProcess,
  ) {}

  /** Starts a service and waits until it listens; rejects when it ends before that. Its log goes to our error stream. */
  static async start(name: string, settings: Record<string, string>): Promise<ChildService> {
    const child = fork(join(__dirname, name, 'main.js'), [], {
      env: { ...process.env, ...settings },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const { urls } = await new Promise<ReadyMessage>((resolve, reject) => {
      child.once('message', (message) => resolve(message as ReadyMessage));
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(new Error(`Starting ${name}: it ended with code ${code}; its log says why.`)),
      );
    });
    return new ChildService(name, urls, child);
  }

  /** The process id. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Calls back when the process ends, also when it already has. */
  onExit(listener: () => void): void {
    if (this.hasExited()) listener();
    else this.child.once('exit', listener);
  }

  /** Ends the process, by force after two seconds, and resolves when it is gone. */
  async stop(): Promise<void> {
    if (this.hasExited()) return;
    const gone = new Promise<void>((resolve) => this.onExit(resolve));
    this.child.kill('SIGTERM');
    const force = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS_MAX);
    await gone;
    clearTimeout(force);
  }

  private hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
