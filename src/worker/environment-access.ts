import type { EnvironmentAccess } from '../../activities/tools';
import { systemsOf } from '../domain/catalogue';
import { connectionFor } from '../environments/connection-for';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { signalReferences } from '../environments/signal-references';

/** What drivers and probes of this worker see of an environment. */
export function environmentAccess(folder: EnvironmentFolder, name: string): EnvironmentAccess {
  const environment = folder.named(name);
  const systems = systemsOf(folder.catalogue).map((system) => system.name);
  return {
    connection: (asker) =>
      systems.includes(asker)
        ? connectionFor(environment, asker, folder.catalogue, folder.source)
        : signalReferences(environment, folder.source),
    optedIn: (system) => (Object.hasOwn(environment.targets, system) ? (environment.targets[system] ?? []) : []),
  };
}
