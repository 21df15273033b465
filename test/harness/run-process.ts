import { z } from 'zod';
import type { Ended, Workplace } from './workplace';
import { WatchedProcess } from './watched-process';

const summary = z.looseObject({ experimentId: z.string(), verdict: z.string(), reasons: z.array(z.string()) });

/** The document of `gameday run --json`, as far as most tests look at it. */
export type RunDocument = z.infer<typeof summary>;

/** Starts `gameday run --json` of a scenario and waits until its experiment has an id. */
export async function startRun(
  workplace: Workplace,
  words: string[],
  env: Record<string, string> = {},
): Promise<{ run: WatchedProcess; experimentId: string }> {
  const run = new WatchedProcess(workplace.start(['run', ...words, '--json'], env));
  const [, experimentId = ''] = await run.says(/^(?:Experiment|Rehearsal) ([a-z0-9-]+):/m);
  return { run, experimentId };
}

/** Reads the one document that a command printed on stdout; fails with all that it said when it is none. */
export function documentOf({ stdout, stderr }: Ended): RunDocument {
  try {
    return summary.parse(JSON.parse(stdout));
  } catch {
    throw new Error(`No document on stdout.\nstdout: ${stdout}\nstderr: ${stderr}`);
  }
}
