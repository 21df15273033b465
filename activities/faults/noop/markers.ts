import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Injection } from '../../../src/domain/injection';
import { errorCode } from '../error-code';
import { readInjection, writeInjection } from '../injection-record';

/** The three names that one injection's marker can have; it moves from the first to the last by renaming. */
export interface MarkerPaths {
  arming: string;
  armed: string;
  active: string;
}

/** Names an injection's files: `<injectionId>.<notAfter in ms>.<stage>.json`. */
export function markerPaths(directory: string, injection: Injection): MarkerPaths {
  const stem = join(directory, `${injection.injectionId}.${Date.parse(injection.notAfter)}`);
  return { arming: `${stem}.arming.json`, armed: `${stem}.armed.json`, active: `${stem}.active.json` };
}

/** Writes a whole armed marker or none: a process that dies half-way leaves at most a harmless draft. */
export async function placeMarker({ arming, armed }: MarkerPaths, injection: Injection): Promise<void> {
  await mkdir(dirname(arming), { recursive: true });
  await writeFile(arming, writeInjection(injection));
  await rename(arming, armed);
}

/** Moves a marker in one step; false when it was not there. */
export async function moveMarker(from: string, to: string): Promise<boolean> {
  return (await unlessMissing(rename(from, to).then(() => true))) ?? false;
}

/** Removes a marker; false when it was not there. */
export async function removeMarker(path: string): Promise<boolean> {
  return (await unlessMissing(unlink(path).then(() => true))) ?? false;
}

/** What lies under a marker's name: nothing, this injection's marker, or something foreign. */
export async function lookAt(path: string, injection: Injection): Promise<'nothing' | 'ours' | 'foreign'> {
  const text = await unlessMissing(readFile(path, 'utf8'));
  if (text === undefined) return 'nothing';
  return text === writeInjection(injection) ? 'ours' : 'foreign';
}

/** Every marker in the directory, and the names of files that are none; hidden files are nobody's business here. */
export async function listMarkers(directory: string): Promise<{ faults: Injection[]; strangers: string[] }> {
  const entries = (await unlessMissing(readdir(directory, { withFileTypes: true }))) ?? [];
  const names = entries.filter((entry) => !entry.name.startsWith('.')).map((entry) => entry.name);
  const found = await Promise.all(names.map((name) => readMarker(join(directory, name))));
  const strangers = names.filter((_, index) => found[index] === 'foreign');
  return { faults: found.filter((one) => one !== 'foreign' && one !== undefined), strangers };
}

/** Undefined when the file has gone since it was listed: a rollback elsewhere was quicker. */
async function readMarker(path: string): Promise<Injection | 'foreign' | undefined> {
  const text = await unlessMissing(readFile(path, 'utf8').catch(asForeignWhenFolder));
  if (text === undefined) return undefined;
  const injection = readInjection(text);
  if (injection === undefined) return 'foreign';
  const { arming, armed, active } = markerPaths(dirname(path), injection);
  return [arming, armed, active].includes(path) ? injection : 'foreign';
}

function asForeignWhenFolder(error: unknown): string {
  if (errorCode(error) === 'EISDIR') return '';
  throw error;
}

async function unlessMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
