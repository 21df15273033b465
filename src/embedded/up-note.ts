import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AlreadyUp } from './already-up';
import { withLockFile } from './lock-file';
import {
  describeProcess,
  readLiveProcess,
  removeProcessNote,
  writeProcessNote,
  type ProcessNote,
} from './process-note';

/** How the only place of a state directory is claimed. */
export interface Claiming {
  /** Told once when another one is waited for. */
  log(line: string): void;
  /** How long one that starts or stops is waited for. */
  withinMs?: number;
}

/** The note of the one that runs: no `url` while it starts. */
interface UpProcess extends ProcessNote {
  /** Present once it is on its way out: it still answers, and starts nothing new. */
  isLeaving?: true;
}

/** Whether the note is about one that is on its way out. */
export function isLeaving(note: UpProcess): boolean {
  return note.isLeaving === true;
}

/** The claim of the one embedded everything that runs on a state directory. */
export interface UpNote {
  /** Says where it answers: from now on others use it. */
  publish(url: string): Promise<void>;
  /** Says that it is on its way out: it can still be asked, and newcomers wait for its end instead of using it. */
  leave(): Promise<void>;
  /** Leaves the place to the next one. */
  remove(): Promise<void>;
}

const lockWithinMs = 10_000;
const waitWithinMs = 90_000;
const lookMs = 50;

/**
 * Claims a state directory for this process: of several that ask at once exactly one gets it. Waits for one that has no
 * address yet, or no more. Throws AlreadyUp with the note of one that answers, and says whom to end when waiting was no use.
 */
export async function claimUp(stateDir: string, { log, withinMs = waitWithinMs }: Claiming): Promise<UpNote> {
  const paths = { note: join(stateDir, 'up.json'), lock: join(stateDir, 'up.lock') };
  const mine = await describeProcess(process.pid, {});
  const deadline = performance.now() + withinMs;
  for (let isTold = false; ; isTold = true) {
    const other = await withLockFile(paths.lock, lockWithinMs, () => claimIfFree(paths.note, mine));
    if (other === undefined) return noteOf(paths.note, mine);
    if (other.url !== undefined && !isLeaving(other)) throw new AlreadyUp(other);
    if (!isTold) log(`Another gameday (process ${other.pid}) is starting or stopping in this folder: waiting for it.`);
    if (performance.now() >= deadline) throw new Error(describeWait(other, withinMs));
    await sleep(lookMs);
  }
}

/** The note without an address is the claim; looking and writing are one step under the lock. */
async function claimIfFree(path: string, mine: ProcessNote): Promise<ProcessNote | undefined> {
  const other = await readLiveProcess(path);
  if (other === undefined) await writeProcessNote(path, mine);
  return other;
}

function noteOf(path: string, mine: UpProcess): UpNote {
  let known = mine;
  const write = (change: Partial<UpProcess>): Promise<void> =>
    writeProcessNote(path, (known = { ...known, ...change }));
  return {
    publish: (url) => write({ url }),
    leave: () => write({ isLeaving: true }),
    remove: () => removeProcessNote(path, mine),
  };
}

function describeWait({ pid }: ProcessNote, withinMs: number): string {
  const what = `process ${pid} has been starting or stopping in this folder for ${withinMs / 1_000} s`;
  return `Could not bring anything up: ${what}. Wait for it, or end it with: kill ${pid}`;
}
