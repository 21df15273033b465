import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvidenceStore } from '../domain/evidence-store';
import { problemOf } from './problem';
import { dropFile, setAside, spooledFiles, takeChunk, type SpooledFile } from './spool-folder';

/** What is left on disk after an attempt, and what stood in its way. */
export interface Delivery {
  left: number;
  problem?: string;
}

/** A store that says nothing for this long is away. */
const answerMaxMs = 10_000;

/** After this many chunks that the store did not take, the rest wait for the next attempt. */
const refusalsMax = 3;

/** Brings everything that waits in a folder to the store. Never throws. */
export async function deliverAll(
  dir: string,
  store: () => Promise<EvidenceStore> | EvidenceStore,
  log: (line: string) => void,
): Promise<Delivery> {
  const files = spooledFiles(dir);
  if (files.length === 0) return { left: 0 };
  try {
    const opened = await answered(Promise.resolve().then(store));
    const problem = await deliverEach(shuffled(files), opened, log);
    return { left: spooledFiles(dir).length, ...(problem === undefined ? {} : { problem }) };
  } catch (error) {
    return { left: files.length, problem: problemOf(error).message };
  }
}

async function deliverEach(
  files: SpooledFile[],
  store: EvidenceStore,
  log: (line: string) => void,
): Promise<string | undefined> {
  const problems: string[] = [];
  for (const file of files) {
    const problem = await deliverOne(file, store, log);
    if (problem !== undefined) problems.push(problem);
    if (problems.length >= refusalsMax) break;
    // An embedded store answers without ever leaving the process; others must have their turn in between.
    await nextTurn();
  }
  return problems[0];
}

async function deliverOne(
  file: SpooledFile,
  store: EvidenceStore,
  log: (line: string) => void,
): Promise<string | undefined> {
  try {
    const chunk = readable(file, log);
    if (!chunk) return undefined;
    await answered(store.writeChunk(chunk));
    await dropFile(file.path);
    return undefined;
  } catch (error) {
    return problemOf(error).message;
  }
}

function readable(file: SpooledFile, log: (line: string) => void): ReturnType<typeof takeChunk> {
  try {
    return takeChunk(file);
  } catch (error) {
    setAside(file.path);
    log(
      `evidence spool: ${file.path} of ${file.experimentId} cannot be read and is a gap: ${problemOf(error).message}`,
    );
    return undefined;
  }
}

/** In a new order each time, so that a chunk which the store never takes does not stand before the others for ever. */
function shuffled(files: SpooledFile[]): SpooledFile[] {
  return files
    .map((file) => ({ file, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ file }) => file);
}

async function answered<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the store gave no answer within ${answerMaxMs / 1000} s`)), answerMaxMs);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
