import { join } from 'node:path';
import { readLiveProcess } from '../embedded/process-note';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { sentinelNote } from '../sentinel/run-sentinel';

/** How long a sentinel that is just starting is waited for. */
const startsWithinMs = 5_000;

/** Whether a sentinel answers for an environment: the one its file names, or the one of the state directory. */
export async function hasSentinel(folder: EnvironmentFolder, stateDir: string, name: string): Promise<boolean> {
  const { sentinel } = folder.named(name);
  const deadline = Date.now() + startsWithinMs;
  do {
    const url = sentinel?.url ?? (await readLiveProcess(join(stateDir, sentinelNote)))?.url;
    if (url !== undefined && (await answersFor(url, name))) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (Date.now() < deadline);
  return false;
}

async function answersFor(url: string, name: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(1_000), redirect: 'error' });
    const health: unknown = await answer.json();
    return answer.ok && namesOf(health).includes(name);
  } catch {
    return false;
  }
}

function namesOf(health: unknown): unknown[] {
  if (typeof health !== 'object' || health === null || !('environments' in health)) return [];
  return Array.isArray(health.environments) ? health.environments : [];
}
