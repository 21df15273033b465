import type { ZodType } from 'zod';
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

/** Everything that an environment may have a connection to, with its schema: systems, then signals that need one. */
export function connectionsOf(catalogue: Catalogue): { name: string; connection: ZodType }[] {
  const systems = systemsOf(catalogue).map(({ name, connection }) => ({ name, connection }));
  const signals = catalogue.signals.flatMap(({ kind, connection }) => (connection ? [{ name: kind, connection }] : []));
  return [...systems, ...signals.filter(({ name }) => systems.every((system) => system.name !== name))];
}
