import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeriesChunk } from '../domain/evidence-store';
import { problemOf } from './problem';

/** A chunk that waits on disk; its name is made from its key, so that the same chunk has one place. */
export interface SpooledFile {
  path: string;
  experimentId: string;
}

const chunkSuffix = '.chunk.json';
const partSuffix = '.part';

/** A file that is still being written after this long belongs to a process that died while writing. */
const tornAfterMs = 60_000;

/** Puts a chunk on disk so that it is there whole or not at all, whatever dies. Errors: the file system's. */
export function putChunk(dir: string, chunk: SeriesChunk): void {
  const folder = join(dir, folderOf(chunk.experimentId));
  try {
    putInto(folder, chunk);
  } catch (error) {
    if (!isMissing(error)) throw error;
    // The folder was empty for a moment, and somebody removed it in between.
    putInto(folder, chunk);
  }
}

function putInto(folder: string, chunk: SeriesChunk): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const part = join(folder, `${randomUUID()}${partSuffix}`);
  writeFileSync(part, JSON.stringify(chunk), { mode: 0o600 });
  renameSync(part, join(folder, `${keyOf(chunk)}${chunkSuffix}`));
}

/** What waits on disk, of one experiment or of all, whoever wrote it. */
export function spooledFiles(dir: string, experimentId?: string): SpooledFile[] {
  const folders = experimentId === undefined ? namesIn(dir) : [folderOf(experimentId)];
  return folders.flatMap((folder) =>
    namesIn(join(dir, folder))
      .filter((name) => name.endsWith(chunkSuffix))
      .map((name) => ({ path: join(dir, folder, name), experimentId: decodeURIComponent(folder) })),
  );
}

/** A chunk from disk; undefined when another process delivered it first. Errors: when it is no chunk. */
export function takeChunk(file: SpooledFile): SeriesChunk | undefined {
  const text = readIfThere(file.path);
  if (text === undefined) return undefined;
  const chunk: unknown = JSON.parse(text);
  if (!isChunk(chunk)) throw new Error('it is no chunk of series');
  return chunk;
}

/**
 * Removes a delivered chunk. Not on the event loop: a busy disk holds up whoever removes something, and a signal that is
 * measured in this process would count that as an answer that came late.
 */
export async function dropFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Removes the folders of experiments of which nothing waits any more. */
export async function dropEmptyFolders(dir: string): Promise<void> {
  // One that still holds chunks cannot be removed, and that is right. One by one: others share the threads that do this.
  for (const folder of namesIn(dir)) await rmdir(join(dir, folder)).catch(() => undefined);
}

/** Puts a file that cannot be read aside, where it is neither tried again nor lost to a curious person. */
export function setAside(path: string): void {
  renameSync(path, `${path}.torn`);
}

/** Sets aside what a process left half written; returns the paths, each a gap in a series. */
export function setTornAside(dir: string, nowMs: number): string[] {
  const parts = namesIn(dir).flatMap((folder) =>
    namesIn(join(dir, folder))
      .filter((name) => name.endsWith(partSuffix))
      .map((name) => join(dir, folder, name)),
  );
  const torn = parts.filter((path) => nowMs - modifiedMs(path, nowMs) > tornAfterMs);
  torn.forEach(setAside);
  return torn;
}

// Dots are encoded as well, so that no id can name another folder.
function folderOf(experimentId: string): string {
  return encodeURIComponent(experimentId).replaceAll('.', '%2E');
}

function keyOf(chunk: SeriesChunk): string {
  const key = JSON.stringify([chunk.observation, chunk.signal, chunk.number]);
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return problemOf(error).code === 'ENOENT';
}

function modifiedMs(path: string, otherwiseMs: number): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? otherwiseMs;
}

function isChunk(value: unknown): value is SeriesChunk {
  if (typeof value !== 'object' || value === null) return false;
  const chunk: Partial<Record<keyof SeriesChunk, unknown>> = value;
  const words = [chunk.experimentId, chunk.observation, chunk.signal];
  const isKeyed = words.every((word) => typeof word === 'string') && Number.isInteger(chunk.number);
  return isKeyed && Array.isArray(chunk.readings) && Array.isArray(chunk.samples);
}
