import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Survey, Target } from '../../../src/domain/survey';
import { listMarkers } from './markers';
import { noopName, type NoopConnection } from './system';

/** Surveys one name: opted in, and free of any marker; `percent` is the share of traffic a real fault would touch. */
export async function surveyName(
  name: string,
  percent: number,
  { connection, optedIn }: DriverTools<NoopConnection>,
): Promise<Survey> {
  const target = targetOf(name);
  const isOptedIn = optedIn.some((entry) => noopName.parse(entry).name === name);
  const refusals = isOptedIn ? [] : [`${name} is not opted in; add it under targets.noop of the environment`];
  const { faults, strangers } = await listMarkers(connection.directory);
  const holder = faults.find((fault) => fault.lockKey === target.lockKey);
  if (holder) refusals.push(`${name} already carries injection ${holder.injectionId}; wait for it, or sweep`);
  if (strangers.length > 0)
    refusals.push(`${connection.directory} holds files that are no markers: ${strangers.join(', ')}`);
  const total = Math.max(optedIn.length, 1);
  return { targets: [target], total, percent: 100 / total, trafficPercent: percent, refusals };
}

function targetOf(name: string): Target {
  return { identity: `noop:${name}`, lockKey: `noop:${name}`, description: `the name ${name}`, facts: { name } };
}
