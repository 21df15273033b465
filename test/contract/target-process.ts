import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What an application under experiment is started with. */
export interface TargetOptions {
  service: string;
  points: string[];
  token: string;
  bounds?: { delayMaxMs?: number; percentMax?: number };
  /** False: its faults are switched off. */
  enabled?: boolean;
}

/** A running target in a process of its own. */
export interface TargetProcess {
  /** Port of its fault control, and of the application itself. */
  control: number;
  port: number;
  /** All it wrote. */
  output(): string;
  /** SIGKILL, awaited. */
  kill(): Promise<void>;
}

/** Node's arguments to run one of our TypeScript files in a process of its own. */
export function typescriptArguments(file: string): string[] {
  return ['-r', join(__dirname, 'register-typescript.cjs'), join(__dirname, file)];
}

/** Starts the target application and waits until it listens. */
export async function startTarget(options: TargetOptions): Promise<TargetProcess> {
  const child = spawn(process.execPath, [...typescriptArguments('target-app.ts'), JSON.stringify(options)]);
  let output = '';
  const gather = (part: Buffer) => (output += part.toString());
  child.stdout.on('data', gather);
  child.stderr.on('data', gather);
  const line = await firstLine(child, child.stdout, () => output);
  const { control, port } = JSON.parse(line);
  return { control, port, output: () => output, kill: () => kill(child) };
}

async function firstLine(child: ChildProcess, stream: NodeJS.ReadableStream, output: () => string): Promise<string> {
  const lines = createInterface({ input: stream });
  const early = once(child, 'exit').then(() => Promise.reject(new Error(`the target ended early: ${output()}`)));
  const [line] = await Promise.race([once(lines, 'line'), early]);
  early.catch(() => undefined);
  return String(line);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
