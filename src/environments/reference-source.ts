import { dirname, resolve } from 'node:path';
import type { FileReader } from '../scenario/scenario-file';
import type { Reference } from '../scenario/text-or-reference';
import { diskReader } from './disk-reader';

/** Port: what references are resolved against. */
export interface ReferenceSource {
  /** Environment variables, as the caller holds them. */
  env: Readonly<Record<string, string | undefined>>;
  reader: FileReader;
}

/** References resolved against given environment variables and the disk. */
export function referenceSource(env: Readonly<Record<string, string | undefined>>): ReferenceSource {
  return { env, reader: diskReader };
}

/** A reference that leads to nothing at this moment; says where it leads, never what was found. */
export class UnresolvedReference extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'UnresolvedReference';
  }
}

const textMax = 64 * 1024;

/** The text behind a reference, files trimmed; throws UnresolvedReference. Paths are relative to the environment's file. */
export function resolveReference(reference: Reference, environmentFile: string, source: ReferenceSource): string {
  return 'env' in reference ? fromEnv(reference.env, source) : fromFile(reference.file, environmentFile, source);
}

function fromEnv(name: string, { env }: ReferenceSource): string {
  const text = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
  if (text) return text;
  throw new UnresolvedReference(`environment variable ${name} is not set`, `set ${name} where Gameday runs`);
}

function fromFile(path: string, environmentFile: string, { reader }: ReferenceSource): string {
  const full = resolve(dirname(environmentFile), path);
  const text = readText(full, reader);
  if (text !== undefined && text !== '') return text;
  const state = text === '' ? 'is empty' : 'cannot be read';
  throw new UnresolvedReference(`file ${full} ${state}`, 'start the system that writes it, or correct the path');
}

function readText(path: string, reader: FileReader): string | undefined {
  try {
    const { isFile, bytes } = reader.look(path);
    if (!isFile || bytes > textMax) return undefined;
    return Buffer.from(reader.read(path, textMax)).toString('utf8').trim();
  } catch {
    // Why it cannot be read changes nothing for the reader of the message, and must not carry the file's content.
    return undefined;
  }
}
