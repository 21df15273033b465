import { didYouMean } from '../scenario/nearest';
import { answeredInTime } from './ask';

/** Which environments have a file here. */
export interface EnvironmentNames {
  /** The folder of the files, as an absolute path, where there is one. */
  directory?: string;
  names(): Promise<string[]>;
  /** Whether the folder and every file in it could be read and were valid, so that the names are all there are. */
  isWhole(): Promise<boolean>;
}

/** Why a name is taken for a slip of the pen, and what would help. */
export interface Slip {
  why: string;
  help: string;
}

// A stop waits for files and for Temporal's word no longer than this before it is simply obeyed.
const filesWithinMs = 200;
const workflowWithinMs = 1_000;

/**
 * Tells a slip of the pen, and only when it is certain: every environment file was read well, none has the name, and
 * `find` knows of no workflow of that name. Undefined whenever anything could not be asked, so that a stop is obeyed.
 */
export async function findSlip(
  name: string,
  files: EnvironmentNames,
  find: (name: string) => Promise<unknown>,
): Promise<Slip | undefined> {
  const names = await answeredInTime(files.names(), filesWithinMs).catch(() => undefined);
  if (names === undefined || names.includes(name)) return undefined;
  const isWhole = await answeredInTime(files.isWhole(), filesWithinMs).catch(() => false);
  if (!isWhole || (await mayExist(name, find))) return undefined;
  const why = `no environment is called ${name}, and none ever was; there are: ${names.join(', ') || 'none'}`;
  return { why, help: didYouMean(name, names) ?? 'Name one of these, or add its file to the environments folder.' };
}

async function mayExist(name: string, find: (name: string) => Promise<unknown>): Promise<boolean> {
  return answeredInTime(find(name), workflowWithinMs).then(
    (found) => found !== undefined,
    () => true,
  );
}
