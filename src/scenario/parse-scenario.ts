import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { JsonObject } from '../domain/json';
import type { Plan } from '../domain/plan';
import { checkSections } from './check-sections';
import { draftScenario, type Draft } from './draft-scenario';
import { anyEndpoint, endpointMeaning, type EndpointReader } from './endpoints';
import { finding, formatPath, oneOf, show, type Finding, type Path } from './finding';
import { didYouMean } from './nearest';
import { asMap } from './plain-json';
import { planSections } from './plan';
import { invalid, valid, type Parsed } from './problem';
import { scenarioShape } from './scenario-shape';
import type { SourceDocument } from './source-document';
import { substitute, unescapeNames } from './substitute';
import type { GivenVariables } from './variables';

/** A scenario whose own rules hold: variables filled in, endpoints left for the moment the plan is made. */
export interface Scenario {
  file: string;
  name: string;
  /** The name of the environment to run in. */
  environment: string;
  source: SourceDocument;
  tree: JsonObject;
}

/** Parses a scenario on its own; what only its environment can tell is judged by `makePlan`. */
export function parseScenario(
  text: string,
  file: string,
  catalogue: Catalogue,
  options: { variables?: GivenVariables } = {},
): Parsed<Scenario> {
  const draft = draftScenario(text, file, options.variables ?? {});
  if (!draft.isValid) return draft;
  const { findings, written } = complete(draft.value, { environment: undefined, catalogue, readEndpoint: anyEndpoint });
  const { source, tree } = draft.value;
  if (findings.length > 0 || written.name === undefined || written.environment === undefined)
    return invalid(findings.map((one) => source.problem(one)));
  return valid({ file, name: written.name, environment: written.environment, source, tree });
}

/** Makes the plan of a scenario in an environment; the addresses are read now. */
export function makePlan(
  scenario: Scenario,
  environment: Environment,
  catalogue: Catalogue,
  readEndpoint: EndpointReader,
): Parsed<Plan> {
  const draft = { source: scenario.source, tree: scenario.tree, findings: [] };
  return planned(draft, complete(draft, { environment, catalogue, readEndpoint }));
}

/** What a text is planned with. */
export interface PlanContext {
  catalogue: Catalogue;
  environments: readonly Environment[];
  /** Names of environments that are there and have problems of their own. */
  unsound?: readonly string[];
  /** Environment files with problems of their own: one of them may be the one that is not found. */
  brokenFiles?: readonly string[];
  variables?: GivenVariables;
  /** How addresses are read; by default each is taken to be there. */
  readEndpoint?: (environment: Environment) => EndpointReader;
}

/** From text to plan in one go, with every problem of the scenario, its environment and the two together at once. */
export function planScenario(text: string, file: string, context: PlanContext): Parsed<Plan> {
  const drafted = draftScenario(text, file, context.variables ?? {});
  if (!drafted.isValid) return drafted;
  const draft = drafted.value;
  const asked = draft.tree['environment'];
  const environment = context.environments.find((one) => one.name === asked);
  const readEndpoint = environment && context.readEndpoint ? context.readEndpoint(environment) : anyEndpoint;
  const completed = complete(draft, { environment, catalogue: context.catalogue, readEndpoint });
  if (environment === undefined && typeof asked === 'string' && !context.unsound?.includes(asked))
    completed.findings.push(unknownEnvironment(asked, context));
  return planned(draft, completed);
}

function unknownEnvironment(asked: string, { environments, brokenFiles = [] }: PlanContext): Finding {
  const known = environments.map((one) => one.name);
  const expected = known.length === 0 ? 'an environment, but there is no environment file' : oneOf(known);
  const broken = brokenFiles.length === 0 ? undefined : `mend ${brokenFiles.join(', ')}, which cannot be used as it is`;
  return finding(['environment'], `expected ${expected}, found ${show(asked)}`, didYouMean(asked, known) ?? broken);
}

function planned(draft: Draft, { plan, findings }: Completed): Parsed<Plan> {
  if (plan && findings.length === 0) return valid(plan);
  return invalid(findings.map((one) => draft.source.problem(one)));
}

interface Completed {
  plan?: Plan;
  written: { name?: string | undefined; environment?: string | undefined };
  findings: Finding[];
}

function complete(
  draft: Draft,
  context: { environment: Environment | undefined; catalogue: Catalogue; readEndpoint: EndpointReader },
): Completed {
  const { variables, ...rest } = draft.tree;
  const filled = substitute(rest, endpointMeaning(context.environment, context.readEndpoint));
  const tree = unescapeNames({ ...asMap(filled.tree), ...(variables === undefined ? {} : { variables }) });
  const sections = checkSections(scenarioShape(context.catalogue), asMap(tree));
  const said = [...draft.findings, ...filled.findings];
  const { values: scenario, broken } = sections;
  const declaredSignals = Object.keys(asMap(asMap(tree)['signals'] ?? {}));
  const { plan, findings } = planSections({ scenario, broken, declaredSignals, ...context });
  const shape = sections.findings.filter((one) => !said.some((other) => isWithin(one.path, other.path)));
  return {
    written: sections.values,
    findings: [...said, ...shape, ...findings].filter((one) => one.message !== ''),
    ...(plan && { plan }),
  };
}

/** A text whose names could not be filled in is not judged a second time. */
function isWithin(path: Path, outer: Path): boolean {
  return formatPath(path) === formatPath(outer);
}
