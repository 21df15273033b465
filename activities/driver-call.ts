import { Context } from '@temporalio/activity';
import type { AnyFaultDriver, DriverTools } from '../src/domain/fault-driver';
import type { DriverCall } from './contract';
import { Invalid } from './faults/refused';
import { rehearsed } from './faults/rehearsed';
import type { EnvironmentReading, Tools } from './tools';

/** A driver with what it is handed for one call. */
export interface ReadyDriver {
  driver: AnyFaultDriver;
  tools: DriverTools<unknown>;
}

/** Finds the driver of a kind, or the no-op in its place for a rehearsal, and hands it its part of the environment. */
export async function readyDriver(
  tools: Tools,
  call: DriverCall,
  kind: string,
  reading: EnvironmentReading,
): Promise<ReadyDriver> {
  const driver = tools.catalogue.faults.find((one) => one.kind === kind);
  if (!driver) throw new Invalid(`cannot use fault ${kind}: this worker does not know it; deploy a worker that does`);
  const environment = await tools.environment(call.environment, reading);
  const { name } = driver.system;
  return {
    driver: call.isRehearsal ? rehearsed(driver) : driver,
    tools: {
      connection: environment.connection(name),
      optedIn: environment.optedIn(name),
      environment: call.environment,
      ...(tools.removalPath && { removalPath: tools.removalPath }),
      signal: Context.current().cancellationSignal,
      now: Date.now,
    },
  };
}
