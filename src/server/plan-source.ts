import type { ApiParts } from '../api/parts';
import { endpointReader } from '../environments/endpoint-reader';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { loadEnvironments } from '../environments/load-environments';
import { planScenario } from '../scenario/parse-scenario';
import { planHash } from '../scenario/plan-hash';

/** Makes plans from scenarios with this server's own environments, whose limits no author can raise. */
export function planSource(folder: EnvironmentFolder): ApiParts['plans'] {
  return {
    async make({ text, file, variables }) {
      const { environments } = loadEnvironments(folder.directory, folder.catalogue);
      const readEndpoint = (environment: (typeof environments)[number]) => endpointReader(environment, folder.source);
      const context = { catalogue: folder.catalogue, environments, readEndpoint };
      const planned = planScenario(
        text,
        file ?? 'scenario',
        variables === undefined ? context : { ...context, variables },
      );
      return planned.isValid
        ? { plan: planned.value, planHash: planHash(planned.value) }
        : { problems: planned.problems };
    },
  };
}
