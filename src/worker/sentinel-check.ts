import { join } from 'node:path';
import { z } from 'zod';
import { readLiveProcess } from '../embedded/process-note';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { sentinelNote } from '../sentinel/run-sentinel';

/** How long a sentinel that is just starting is waited for. */
const startsWithinMs = 5_000;
/** A sentinel sweeps every few seconds; one whose last sweep is longer ago than this does not do its work. */
const sweptWithinMs = 30_000;

const watchedKind = z.object({ environment: z.string(), fault: z.string() });
/** What is asked of a sentinel's `GET /health`; one that does not say it is not relied on. */
const sentinelHealth = z.object({
  environments: z.array(z.string()),
  lastSweepAt: z.iso.datetime().optional(),
  watched: z.array(watchedKind),
  failing: z.array(watchedKind.extend({ reason: z.string() })),
});
type Health = z.infer<typeof sentinelHealth>;

/** What preflight asks for: an environment, and the kinds there that somebody must end. */
export interface SentinelNeeds {
  environment: string;
  faults: string[];
}

/**
 * Why no sentinel can be relied on to end faults of these kinds, in plain words; undefined when one can: the one that the
 * environment's file names, or the one of the state directory, swept lately and reached every kind's system.
 */
export async function sentinelTrouble(
  folder: EnvironmentFolder,
  stateDir: string,
  needs: SentinelNeeds,
  withinMs = startsWithinMs,
): Promise<string | undefined> {
  const { sentinel } = folder.named(needs.environment);
  const deadline = Date.now() + withinMs;
  for (;;) {
    const url = sentinel?.url ?? (await readLiveProcess(join(stateDir, sentinelNote)))?.url;
    const health = url === undefined ? undefined : await healthAt(url);
    const trouble = health ? troubleIn(health, needs) : `no sentinel answers for ${needs.environment}`;
    if (trouble === undefined || Date.now() >= deadline) return trouble;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function healthAt(url: string): Promise<Health | undefined> {
  try {
    const answer = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(1_000), redirect: 'error' });
    return answer.ok ? sentinelHealth.parse(await answer.json()) : undefined;
  } catch {
    return undefined;
  }
}

function troubleIn({ environments, lastSweepAt, watched, failing }: Health, needs: SentinelNeeds): string | undefined {
  const { environment, faults } = needs;
  if (!environments.includes(environment)) return `no sentinel answers for ${environment}`;
  if (lastSweepAt === undefined) return `the sentinel for ${environment} has not swept yet`;
  if (!(Date.now() - Date.parse(lastSweepAt) <= sweptWithinMs))
    return `the sentinel for ${environment} swept last at ${lastSweepAt}, more than ${sweptWithinMs / 1_000} s ago`;
  const isAbout = (fault: string) => (one: { environment: string; fault: string }) =>
    one.environment === environment && one.fault === fault;
  const problems = faults.flatMap((fault) => {
    if (!watched.some(isAbout(fault))) return [`${fault}: its environment files name no connection to the system`];
    return failing.filter(isAbout(fault)).map(({ reason }) => `${fault}: ${reason}`);
  });
  if (problems.length === 0) return undefined;
  return `the sentinel for ${environment} cannot look after ${[...new Set(problems)].join('; ')}`;
}
