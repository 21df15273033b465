import { IncompleteList } from '../../activities/faults/incomplete-list';
import { within } from '../../activities/within';
import type { AnyFaultDriver, DriverTools } from '../domain/fault-driver';
import type { Injection } from '../domain/injection';
import { decideRemoval, type Ownership } from './decide-removal';
import type { SweepEnvironment } from './sweep-environment';
import type { SweepReport, SweptFault } from './sweep-report';

/** One driver in one environment. */
export interface DriverSweep extends Ownership {
  driver: AnyFaultDriver;
  environment: SweepEnvironment;
  now(): number;
  timeoutMs: number;
}

/** Sweeps with one driver and adds to the report what it found; never throws and never takes longer than its time. */
export async function sweepDriver(work: DriverSweep, report: SweepReport): Promise<void> {
  const { driver, environment, timeoutMs } = work;
  const place = { environment: environment.name, fault: driver.kind };
  let isOpen = true;
  const add = (change: (report: SweepReport) => void) => isOpen && change(report);
  try {
    const connection = environment.connections(driver.system.name);
    if (connection === undefined) return;
    await within(timeoutMs, (signal) => removeDue(work, toolsOf(work, connection, signal), add));
  } catch (error) {
    report.failed.push({ ...place, reason: sentenceOf(error) });
  } finally {
    // What comes later than this belongs to no report; the next sweep finds out.
    isOpen = false;
  }
}

type Add = (change: (report: SweepReport) => void) => void;

function toolsOf(
  { driver, environment, now }: DriverSweep,
  connection: unknown,
  signal: AbortSignal,
): DriverTools<unknown> {
  return { connection, optedIn: environment.optedIn(driver.system.name), environment: environment.name, signal, now };
}

async function removeDue(work: DriverSweep, tools: DriverTools<unknown>, add: Add): Promise<void> {
  const { faults, problems } = await list(work.driver, tools);
  const place = { environment: work.environment.name, fault: work.driver.kind };
  for (const reason of problems) add((report) => report.failed.push({ ...place, reason }));
  await Promise.all(faults.map((fault) => sweepFault(fault, work, tools, add)));
}

async function list(driver: AnyFaultDriver, tools: DriverTools<unknown>) {
  try {
    return { faults: await driver.listFaults(tools), problems: [] };
  } catch (error) {
    if (error instanceof IncompleteList) return error;
    throw error;
  }
}

async function sweepFault(fault: Injection, work: DriverSweep, tools: DriverTools<unknown>, add: Add): Promise<void> {
  const { injectionId, lockKey, notAfter } = fault;
  const place = { environment: work.environment.name, fault: work.driver.kind, injectionId };
  add((report) => (report.examined += 1));
  try {
    const { isDue, isUnknown, reason } = await decideRemoval(fault, work.now(), work);
    const swept = { ...place, lockKey, notAfter, reason };
    if (isDue) return await remove(fault, swept, work.driver, tools, add);
    add((report) => report.kept.push({ ...swept, state: isUnknown ? 'unknown' : 'held' }));
  } catch (error) {
    add((report) => report.failed.push({ ...place, reason: sentenceOf(error) }));
  }
}

async function remove(
  fault: Injection,
  swept: SweptFault,
  driver: AnyFaultDriver,
  tools: DriverTools<unknown>,
  add: Add,
): Promise<void> {
  const { end, foundActive, evidence } = await driver.rollback(fault, tools);
  if (end === 'drifted')
    add((report) => report.kept.push({ ...swept, state: 'drifted', reason: `drifted: ${evidence}` }));
  else add((report) => report.removed.push({ ...swept, end, foundActive, evidence }));
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
