import type { EnvironmentAccess } from '../../activities/tools';
import { connectionsOf } from '../domain/catalogue';
import { connectionFor } from '../environments/connection-for';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { signalReferences } from '../environments/signal-references';

/** What drivers and probes of this worker see of an environment. */
export function environmentAccess(folder: EnvironmentFolder, name: string): EnvironmentAccess {
  const environment = folder.named(name);
  const connected = connectionsOf(folder.catalogue).map(({ name: system }) => system);
  return {
    connection: (asker) =>
      connected.includes(asker)
        ? connectionFor(environment, asker, folder.catalogue, folder.source)
        : signalReferences(environment, folder.source),
    optedIn: (system) => (Object.hasOwn(environment.targets, system) ? (environment.targets[system] ?? []) : []),
  };
}
