import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../../contract/eventually';

/** How a process is started, and how one knows that it works. */
export interface ProcessPlan {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Asked with all that it has said since it was started. */
  isReady(said: string): boolean | Promise<boolean>;
}

const startsWithinMs = 60_000;

/** A process that can be killed the hard way and started again; everything it ever wrote is kept. */
export class Restartable {
  output = '';
  private child: ChildProcess | undefined;
  private isKilled = false;

  constructor(private readonly plan: ProcessPlan) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it said before it ended without being asked to; undefined when it did not. */
  get lastWords(): string | undefined {
    return this.child !== undefined && !this.isRunning && !this.isKilled ? this.output.slice(-2_000) : undefined;
  }

  /** Starts it and waits until it works. Temporal picks some ports itself, and another process may be quicker to take one. */
  async start(attemptsMax = 3): Promise<void> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.startOnce();
      } catch (error) {
        if (attempt >= attemptsMax || this.isRunning || !String(error).includes('address already in use')) throw error;
      }
  }

  private async startOnce(): Promise<void> {
    const { command, args, env, name, isReady } = this.plan;
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.isKilled = false;
    let said = '';
    const read = (part: Buffer): void => {
      said += part.toString();
      this.output += part.toString();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (error) => read(Buffer.from(error.message)));
    await eventually(`${name} works`, startsWithinMs, async () => {
      if (!this.isRunning) throw new Error(`${name} ended early: ${said.slice(-4_000)}`);
      return isReady(said);
    });
  }

  /** SIGKILL, awaited. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning) return;
    const ended = once(child, 'exit');
    this.isKilled = true;
    child.kill('SIGKILL');
    await ended;
  }
}
