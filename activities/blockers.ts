import type { Blocker } from '../src/domain/plan';
import type { Reading } from '../src/domain/signal';
import { isWithin } from '../src/domain/tolerance';
import { formatValue } from '../src/domain/watch';
import { openProbe } from './open-probe';
import type { Tools } from './tools';

/** Reads each blocker once: why nothing may be injected now, each a sentence; unknown blocks. */
export async function readBlockers(
  tools: Tools,
  environment: string,
  experimentId: string,
  blockers: Blocker[],
): Promise<string[]> {
  const answers = await Promise.all(blockers.map((blocker) => readOnce(tools, environment, experimentId, blocker)));
  return answers.flatMap((answer) => answer ?? []);
}

async function readOnce(tools: Tools, environment: string, experimentId: string, blocker: Blocker) {
  const probe = await openProbe(tools, environment, experimentId, blocker.probe);
  try {
    const { name: signal, measure, windowMs } = blocker.signal;
    return blockedBy(blocker, await probe.read({ signal, measure, windowMs }, new Date()));
  } finally {
    await probe.close();
  }
}

/** Why this reading of a blocker forbids any fault; undefined when it does not. */
function blockedBy(blocker: Blocker, reading: Reading): string | undefined {
  const { tolerance } = blocker.expect;
  if (reading.state !== 'ok') return `blocker ${blocker.name} is unknown: ${reading.reason}`;
  if (isWithin(tolerance, reading.value) === true) return undefined;
  return `blocker ${blocker.name} is ${formatValue(reading.value)}, must be ${tolerance.text}`;
}
