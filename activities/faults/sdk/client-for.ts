import type { DriverTools } from '../../../src/domain/fault-driver';
import { Invalid } from '../refused';
import { ControlClient } from './control-client';
import type { SdkConnection } from './system';

/** The control of one service; throws an Invalid when the environment names no connection to it. */
export function clientFor(service: string, { connection, signal }: DriverTools<SdkConnection>): ControlClient {
  const address = connection[service];
  if (address === undefined)
    throw new Invalid(`the environment has no connection to ${service}; add it under connections.sdk`);
  return new ControlClient(service, address, signal);
}
