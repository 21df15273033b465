import { IncompleteList } from '../../activities/faults/incomplete-list';
import type { AnyFaultDriver, DriverTools } from '../domain/fault-driver';
import type { Injection } from '../domain/injection';
import type { FaultsAnswer, ListedFault, SweepAnswer, SweepFinding } from '../api/answers';
import type { FaultSource } from '../api/parts';
import { forSweep } from '../sweep/read-sweep-environments';
import type { SweepEnvironment } from '../sweep/sweep-environment';
import type { SweepReport } from '../sweep/sweep-report';
import { sweepOnce, type SweeperParts } from '../worker/sweeper';

/** One system may take this long to list its faults. */
const listTimeoutMs = 5_000;

/** The drivers, for what the target systems themselves say. */
export function faultSource(parts: SweeperParts): FaultSource {
  const { folder } = parts;
  const chosen = (name?: string) => folder.all().filter((one) => name === undefined || one.name === name);
  return {
    async list(name) {
      const env = { ...folder.source.env };
      const environments = chosen(name).map((one) => forSweep(one, { catalogue: folder.catalogue, env }));
      return listFaults(folder.catalogue.faults, environments);
    },
    async sweep({ environment }) {
      return sweepAnswer(
        await sweepOnce(
          parts,
          chosen(environment).map((one) => one.name),
        ),
      );
    },
  };
}

/** Asks every driver in every environment that has its system; a system that does not answer is named. */
export async function listFaults(drivers: AnyFaultDriver[], environments: SweepEnvironment[]): Promise<FaultsAnswer> {
  const pairs = environments.flatMap((environment) => drivers.map((driver) => ({ environment, driver })));
  const lists = await Promise.all(pairs.map(({ environment, driver }) => listOne(driver, environment)));
  return { faults: lists.flatMap((one) => one.faults), troubles: [...new Set(lists.flatMap((one) => one.troubles))] };
}

async function listOne(driver: AnyFaultDriver, environment: SweepEnvironment): Promise<FaultsAnswer> {
  try {
    const connection = environment.connections(driver.system.name);
    if (connection === undefined) return { faults: [], troubles: [] };
    const found = await driver.listFaults(toolsFor(driver, environment, connection));
    return { faults: found.map((fault) => listed(environment.name, fault)), troubles: [] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const known = error instanceof IncompleteList ? error.faults : [];
    return {
      faults: known.map((fault) => listed(environment.name, fault)),
      troubles: [`${driver.system.name} in ${environment.name}: ${why}`],
    };
  }
}

function toolsFor(
  driver: AnyFaultDriver,
  { name, optedIn }: SweepEnvironment,
  connection: unknown,
): DriverTools<unknown> {
  const signal = AbortSignal.timeout(listTimeoutMs);
  return { connection, optedIn: optedIn(driver.system.name), environment: name, signal, now: Date.now };
}

function listed(environment: string, fault: Injection): ListedFault {
  const { injectionId, experimentId, lockKey, notAfter } = fault;
  const targets = fault.targets.map((target) => target.description);
  return { environment, injectionId, experimentId, fault: fault.fault, lockKey, targets, notAfter };
}

function sweepAnswer(report: SweepReport): SweepAnswer {
  const findings: SweepFinding[] = [
    ...report.removed.map((one) => ({ ...one, outcome: 'removed' as const })),
    ...report.kept.map((one) => ({ ...one, outcome: 'left' as const })),
  ].map(({ environment, fault, injectionId, lockKey, outcome, reason }) => ({
    ...{ environment, fault, injectionId, lockKey, outcome, reason },
  }));
  return { findings, troubles: report.failed.map((one) => `${one.fault} in ${one.environment}: ${one.reason}`) };
}
