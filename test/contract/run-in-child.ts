import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Injection } from '../../src/domain/injection';
import { typescriptArguments } from './target-process';

/** Where a driver is exported, so that another process can load it. */
export interface DriverSource {
  modulePath: string;
  exportName: string;
}

/** One life of an injection, to be lived in another process. */
export interface ChildLife extends DriverSource {
  injection: Injection;
  tools: { connection: unknown; optedIn: unknown; environment: string };
  /** The child kills itself right before its n-th write to the file system. */
  killBeforeWrite?: number;
}

/** Whether the child was killed on the way or reached the end; rejects when it failed in any other way. */
export async function runInChild(
  life: ChildLife,
  onStart?: (kill: () => void) => void,
): Promise<'killed' | 'finished'> {
  const child = spawn(process.execPath, [...typescriptArguments('life-in-child.ts'), JSON.stringify(life)]);
  let trouble = '';
  child.stderr.on('data', (part: Buffer) => (trouble += part.toString()));
  onStart?.(() => child.kill('SIGKILL'));
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return 'killed';
  if (code === 0) return 'finished';
  throw new Error(`the life in a process of its own failed: ${trouble}`);
}
