import { IncompleteList } from '../../../activities/faults/incomplete-list';
import { catalogue } from '../../../activities/catalogue';
import type { SweepAnswer } from '../../api/answers';
import type { Config } from '../../config';
import type { AnyFaultDriver } from '../../domain/fault-driver';
import type { Injection } from '../../domain/injection';
import { readSweepEnvironments } from '../../sweep/read-sweep-environments';
import { sweep } from '../../sweep/sweep';
import type { SweepReport } from '../../sweep/sweep-report';
import { unknownEnvironment } from './unknown-environment';

/** Removes faults with drivers and environment files alone: those past their notAfter, or all of ours. */
export async function removeFaults(
  config: Pick<Config, 'environmentsDirectory' | 'env'>,
  { environment, isAll }: { environment?: string; isAll: boolean },
): Promise<SweepAnswer> {
  const read = readSweepEnvironments({ directory: config.environmentsDirectory, catalogue, env: config.env });
  const environments = read.environments.filter(({ name }) => environment === undefined || name === environment);
  const request = { drivers: catalogue.faults, environments, now: Date.now };
  const report = await sweep(isAll ? { ...request, ...ownersOfAll(catalogue.faults) } : request);
  return answerOf(
    report,
    [
      ...read.problems,
      ...unknownEnvironment(
        environment,
        read.environments.map(({ name }) => name),
      ),
    ],
    isAll,
  );
}

/** Makes a sweep take every listed fault for one that nobody holds: whatever home its tag names is ours to judge. */
function ownersOfAll(drivers: AnyFaultDriver[]) {
  const homes: string[] = [];
  const note = (faults: Injection[]): Injection[] => {
    homes.push(...faults.map(({ home }) => home));
    return faults;
  };
  const noting = drivers.map((driver): AnyFaultDriver => ({
    ...driver,
    async listFaults(tools) {
      try {
        return note(await driver.listFaults(tools));
      } catch (error) {
        if (error instanceof IncompleteList) note(error.faults);
        throw error;
      }
    },
  }));
  return { drivers: noting, homes, ownerOf: async () => 'not-ours' as const };
}

function answerOf({ removed, kept, failed }: SweepReport, problems: string[], isAll: boolean): SweepAnswer {
  const reasonFor = (reason: string): string => (isAll ? 'every fault of ours was asked to go' : reason);
  return {
    findings: [
      ...removed.map((one) => ({ ...pick(one), outcome: 'removed' as const, reason: reasonFor(one.reason) })),
      ...kept.map((one) => ({ ...pick(one), outcome: 'left' as const, reason: one.reason })),
    ],
    troubles: [...problems, ...failed.map(({ fault, environment, reason }) => `${fault} in ${environment}: ${reason}`)],
  };
}

function pick({
  environment,
  fault,
  injectionId,
  lockKey,
}: SweepReport['removed'][number] | SweepReport['kept'][number]) {
  return { environment, fault, injectionId, lockKey };
}
