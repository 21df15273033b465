import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A running process and the words of its command line. */
export interface FoundProcess {
  pid: number;
  args: string[];
}

async function readCommandLine(pid: string): Promise<FoundProcess> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return { pid: Number(pid), args: text.split('\0') };
}

async function listFromProc(): Promise<FoundProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(pids.map(readCommandLine));
}

// `ps` joins the words with spaces; a path with a space is then not found, and the caller's error stands as it is.
async function listFromPs(): Promise<FoundProcess[]> {
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,args=']);
  return stdout.split('\n').map((line) => {
    const [pid, ...args] = line.trim().split(/\s+/);
    return { pid: Number(pid), args };
  });
}

/** Finds a running process whose command line has all the given words; undefined when there is none. */
export async function findProcess(words: readonly string[]): Promise<FoundProcess | undefined> {
  const all = await (process.platform === 'linux' ? listFromProc() : listFromPs());
  return all.find(({ args }) => words.every((word) => args.includes(word)));
}
