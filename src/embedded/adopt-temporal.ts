import { errorMessage } from './error-code';
import { findProcess } from './find-process';
import type { AnsweringTemporal } from './launch-temporal';
import { describeProcess, isSameProcess, writeProcessNote } from './process-note';
import type { StateDir } from './state-dir';
import { readLiveTemporal } from './temporal-note';
import { waitForTemporal } from './wait-for-temporal';

/** Resolves with the live server that the state directory notes, once it answers; undefined when none is noted or alive. */
export async function adoptTemporal(files: StateDir, namespace: string): Promise<AnsweringTemporal | undefined> {
  const note = await readLiveTemporal(files.temporalNote);
  if (note === undefined) return undefined;
  try {
    const hasEnded = async (): Promise<boolean> => !(await isSameProcess(note));
    return { note, attributes: await waitForTemporal({ ...note, namespace, hasEnded }) };
  } catch (error) {
    if (!(await isSameProcess(note))) return undefined;
    throw new Error(describeSilence(note.pid, error), { cause: error });
  }
}

function describeSilence(pid: number, error: unknown): string {
  const why = errorMessage(error);
  return `Could not use the local Temporal server that runs as process ${pid}: ${why}. End it with: kill ${pid}`;
}

function argumentAfter(args: readonly string[], flag: string): number {
  return Number(args[args.indexOf(flag) + 1]);
}

/**
 * Writes the note of a server that has this state directory's database open but is not noted, because its starter died or
 * the note was deleted; its ports are read from its command line. Returns whether one was found.
 */
export async function noteForgottenTemporal(files: StateDir): Promise<boolean> {
  const found = await findProcess(['start-dev', '--db-filename', files.temporalDatabase]);
  if (found === undefined) return false;
  const [port, httpPort] = [argumentAfter(found.args, '--port'), argumentAfter(found.args, '--http-port')];
  await writeProcessNote(files.temporalNote, await describeProcess(found.pid, { port, httpPort }));
  return true;
}
