import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';

/** The directory of a no-op connection. */
export function directoryOf({ connection }: DriverTools<unknown>): string {
  return String(Object(connection).directory);
}

/** The files that begin with a text; none when the directory is away. */
export async function filesOf(tools: DriverTools<unknown>, beginning: string): Promise<string[]> {
  const names = await readdir(directoryOf(tools)).catch(() => []);
  return [...names].filter((name) => name.startsWith(beginning)).map((name) => join(directoryOf(tools), name));
}

/** Removes files. */
export async function removeFiles(files: string[]): Promise<void> {
  for (const file of files) await rm(file);
}

/** Writes an injection as an active marker under a name of its own. */
export async function writeActive(injection: Injection, tools: DriverTools<unknown>): Promise<void> {
  const file = `${injection.injectionId}.${Date.parse(injection.notAfter)}.active.json`;
  await writeFile(join(directoryOf(tools), file), JSON.stringify(injection));
}
