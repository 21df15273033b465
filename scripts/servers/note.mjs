import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { noteDir, noteFile } from './places.mjs';

/** Reads where each server is; nothing when none was ever started. */
export async function readNote() {
  try {
    return JSON.parse(await readFile(noteFile, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw new Error(`Could not read ${noteFile}: ${error.message}. Stop its servers by hand, then delete the file.`);
  }
}

async function writeNote(note) {
  const draft = `${noteFile}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, noteFile);
}

/** Writes one server's entry, or removes it (undefined); the others are left as they are. */
export async function noteServer(name, entry) {
  await mkdir(noteDir, { recursive: true });
  const note = await readNote();
  if (entry === undefined) delete note[name];
  else note[name] = entry;
  await writeNote(note);
}
