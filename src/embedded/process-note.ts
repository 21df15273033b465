import { readFile, rm } from 'node:fs/promises';
import { processStartedAt } from './process-start';
import { replaceFile } from './replace-file';

/** What one process leaves behind in a file so that another can find it and be sure that it is still the same one. */
export interface ProcessNote {
  pid: number;
  /** The start time as `processStartedAt` gives it: opaque, only ever compared. */
  startedAt: string;
  port?: number;
  url?: string;
}

function isProcessNote(value: unknown): value is ProcessNote {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return false;
  return Number.isInteger(value.pid) && typeof value.startedAt === 'string';
}

function parseNote(text: string): ProcessNote | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isProcessNote(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the note of a running process; throws when it does not run. */
export async function describeProcess<More extends object>(pid: number, more: More): Promise<ProcessNote & More> {
  const startedAt = await processStartedAt(pid);
  if (startedAt === undefined) throw new Error(`Could not note process ${pid}: it is not running.`);
  return { ...more, pid, startedAt };
}

/** Writes a note in one step (mode 0600). */
export async function writeProcessNote(path: string, note: ProcessNote): Promise<void> {
  await replaceFile(path, `${JSON.stringify(note, null, 2)}\n`);
}

/** Reads a note whether or not its process still runs; undefined when there is none or it is not a note. */
export async function readProcessNote(path: string): Promise<ProcessNote | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseNote(text);
}

/** Says whether the very process of the note runs now; a recycled pid or an uncollected end is not it. */
export async function isSameProcess(note: ProcessNote): Promise<boolean> {
  return (await processStartedAt(note.pid)) === note.startedAt;
}

/** Reads the note at `path` if its very process runs now; undefined otherwise. The note may hold more fields than typed. */
export async function readLiveProcess(path: string): Promise<ProcessNote | undefined> {
  const note = await readProcessNote(path);
  return note !== undefined && (await isSameProcess(note)) ? note : undefined;
}

/** Removes a note, but only while it is about this process. */
export async function removeProcessNote(path: string, note: ProcessNote): Promise<void> {
  const found = await readProcessNote(path);
  if (found?.pid === note.pid && found.startedAt === note.startedAt) await rm(path, { force: true });
}
