import { freePorts } from '../../embedded/free-port';
import type { Check } from './check';

/** Whether loopback has free ports, which are all that the embedded parts need. */
export function portsCheck(): Check {
  return {
    name: 'ports',
    async look() {
      const ports = await freePorts(3);
      return { state: 'ok', found: `${ports.length} free ones found on 127.0.0.1; every port is chosen free` };
    },
  };
}
