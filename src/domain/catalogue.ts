import type { AnyFaultDriver, FaultSystem } from './fault-driver';
import type { SignalProvider } from './signal-provider';

/** Every plug-in this build knows; scenario schemas, help and docs are derived from it. */
export interface Catalogue {
  faults: AnyFaultDriver[];
  signals: SignalProvider[];
}

/** The systems of a catalogue, each once, in the order of its drivers. */
export function systemsOf(catalogue: Catalogue): FaultSystem[] {
  return [...new Map(catalogue.faults.map((driver) => [driver.system.name, driver.system])).values()];
}
