import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { Blocker } from '../domain/plan';
import { checkShape } from './check-shape';
import { endpointMeaning, type EndpointReader } from './endpoints';
import { finding, type Finding } from './finding';
import { plainJson } from './plain-json';
import { substitute } from './substitute';

/** An environment's blockers with their addresses filled in; one that cannot be read is a finding. */
export function planBlockers(
  environment: Environment,
  catalogue: Catalogue,
  readEndpoint: EndpointReader,
  findings: Finding[],
): Blocker[] {
  const meaning = endpointMeaning(environment, readEndpoint);
  return environment.blockers.map((blocker) => {
    const filled = substitute(blocker.probe.query, meaning);
    const provider = catalogue.signals.find((one) => one.kind === blocker.probe.kind);
    const shaped = provider && checkShape(provider.query, filled.tree);
    const wrong = filled.findings.length > 0 ? filled.findings : (shaped?.findings ?? []);
    findings.push(...wrong.map((one) => inEnvironment(one, blocker, environment.name)));
    return { ...blocker, probe: { ...blocker.probe, query: plainJson(shaped?.value ?? filled.tree) } };
  });
}

function inEnvironment(one: Finding, blocker: Blocker, environment: string): Finding {
  return finding(['environment'], `blocker ${blocker.name} of environment ${environment}: ${one.message}`, one.hint);
}
