import type { EnvironmentAccess, EnvironmentReading } from '../../activities/tools';
import { connectionsOf } from '../domain/catalogue';
import { connectionFor } from '../environments/connection-for';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { signalReferences } from '../environments/signal-references';

/** What drivers and probes of this worker see of an environment; throws when it has no file that would do. */
export function environmentAccess(
  folder: EnvironmentFolder,
  name: string,
  reading: EnvironmentReading,
): EnvironmentAccess {
  const isNow = reading === 'valid-now';
  const environment = isNow ? folder.named(name) : folder.forRemoval(name);
  // A secret is shown to a signal only as long as the file itself offers it.
  const offering = isNow ? environment : folder.lastValid(name);
  const connected = connectionsOf(folder.catalogue).map(({ name: system }) => system);
  return {
    connection: (asker) =>
      connected.includes(asker)
        ? connectionFor(environment, asker, folder.catalogue, folder.source)
        : signalReferences(offering, folder.source),
    optedIn: (system) => (Object.hasOwn(environment.targets, system) ? (environment.targets[system] ?? []) : []),
  };
}
