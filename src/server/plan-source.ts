import type { ApiParts } from '../api/parts';
import { endpointReader } from '../environments/endpoint-reader';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { loadEnvironments } from '../environments/load-environments';
import { planScenario, type PlanContext } from '../scenario/parse-scenario';
import { planHash } from '../scenario/plan-hash';
import { formatProblem, type Problem } from '../scenario/problem';

/** Makes plans from scenarios with this server's own environments, whose limits no author can raise. */
export function planSource(folder: EnvironmentFolder): ApiParts['plans'] {
  return {
    async make({ text, file = 'scenario', variables }) {
      const { environments } = loadEnvironments(folder.directory, folder.catalogue);
      const readEndpoint: PlanContext['readEndpoint'] = (environment) => endpointReader(environment, folder.source);
      const atRest = { catalogue: folder.catalogue, environments, ...(variables === undefined ? {} : { variables }) };
      const planned = planScenario(text, file, { ...atRest, readEndpoint });
      if (planned.isValid) return { plan: planned.value, planHash: planHash(planned.value) };
      const written = planScenario(text, file, atRest);
      const areWritten = areAmong(planned.problems, written.isValid ? [] : written.problems);
      return { problems: planned.problems, areWritten };
    },
  };
}

function areAmong(problems: Problem[], others: Problem[]): boolean {
  const known = new Set(others.map(formatProblem));
  return problems.every((problem) => known.has(formatProblem(problem)));
}
