import { join } from 'node:path';
import { catalogue } from '../../activities/catalogue';
import { describeProcess, removeProcessNote, writeProcessNote } from '../embedded/process-note';
import { processStartedAt } from '../embedded/process-start';
import { openStateDir } from '../embedded/state-dir';
import { EnvironmentFiles } from './environment-files';
import { startSentinel } from './sentinel';

/** What a sentinel's own process is told. */
export interface SentinelArguments {
  /** The folder of the environment files. */
  environments: string;
  stateDir: string;
  /** Whoever started it; without, it stays until SIGTERM. */
  parentPid?: number | undefined;
  everyMs?: number | undefined;
  /** Where the health page listens; default loopback. */
  host?: string;
  port?: number | undefined;
  /** For `{env: NAME}` references. */
  env: Record<string, string | undefined>;
}

/** Name of the note in the state directory: pid, start, url and port of the sentinel that runs there, and whose it is. */
export const sentinelNote = 'sentinel.json';

/**
 * Runs a sentinel in this process until it may leave. Ctrl-C and a closed terminal are for its parent, so it ignores them;
 * SIGTERM asks it to leave as soon as no fault is left.
 */
export async function runSentinel({
  environments,
  stateDir,
  parentPid,
  env,
  ...rest
}: SentinelArguments): Promise<void> {
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const files = new EnvironmentFiles({ directory: environments, catalogue, env });
  const sentinel = await startSentinel({
    ...rest,
    drivers: catalogue.faults,
    readEnvironments: () => files.read(),
    isGone: (name) => files.isGone(name),
    log: (line) => void process.stderr.write(`${line}\n`),
    ...(parentPid === undefined ? {} : { isParentAlive: await lifeOf(parentPid) }),
  });
  process.on('SIGTERM', () => sentinel.leave());
  const whose = parentPid === undefined ? {} : { parentPid };
  const note = await describeProcess(process.pid, { url: sentinel.url, port: sentinel.port, ...whose });
  const path = join((await openStateDir(stateDir)).path, sentinelNote);
  await writeProcessNote(path, note);
  await sentinel.ended;
  await removeProcessNote(path, note);
}

/** Asks for the very process: another one that got its pid later does not count. */
async function lifeOf(pid: number): Promise<() => Promise<boolean>> {
  const startedAt = await processStartedAt(pid);
  return async () => startedAt !== undefined && (await processStartedAt(pid)) === startedAt;
}
