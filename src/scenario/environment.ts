import type { Catalogue } from '../domain/catalogue';
import type { Environment } from '../domain/environment';
import type { Json, JsonObject } from '../domain/json';
import type { Blocker } from '../domain/plan';
import { checkSections, type Sound } from './check-sections';
import { notAMap } from './draft-scenario';
import { anyEndpoint, endpointMeaning } from './endpoints';
import { environmentShape, type WrittenEnvironment } from './environment-shape';
import { finding, type Finding } from './finding';
import { hasPassword } from './literal-secrets';
import { isMap, plainJson } from './plain-json';
import { invalid, valid, type Parsed } from './problem';
import { chooseMeasure, type WrittenBlocker } from './signals';
import { substitute } from './substitute';
import { inUnit } from './tolerance';
import { plainTextProblem, withoutKind } from './without-kind';
import { parseYaml } from './yaml-document';

const productionPercentMax = 5;

/** Parses an environment file; references stay unresolved until they are needed. */
export function parseEnvironment(text: string, file: string, catalogue: Catalogue): Parsed<Environment> {
  const parsed = parseYaml(text, file);
  if (!parsed.isValid) return plainTextProblem(text, file, parsed.problems) ?? parsed;
  const source = parsed.value;
  if (!isMap(source.tree)) return notAMap(source);
  const kindless = withoutKind(source);
  if (kindless) return kindless;
  const filled = substitute(source.tree['blockers'] ?? {}, endpointMeaning(undefined, anyEndpoint), ['blockers']);
  const blockers = source.has(['blockers']) ? { blockers: filled.tree } : {};
  const sections = checkSections(environmentShape(catalogue), { ...source.tree, ...blockers });
  const findings = [...sections.findings, ...checkEndpoints(sections.values)];
  const planned = planBlockers(sections.values.blockers ?? {}, source.tree, catalogue, findings);
  const written = sections.values;
  if (findings.length > 0 || !isWhole(written)) return invalid(findings.map((one) => source.problem(one)));
  return valid(environmentOf(written, file, planned));
}

function isWhole(written: Sound<WrittenEnvironment>): written is WrittenEnvironment {
  return written.name !== undefined && written.limits !== undefined;
}

function environmentOf(written: WrittenEnvironment, file: string, blockers: Blocker[]): Environment {
  const { trafficPercentMax, injectionMax, ...limits } = written.limits;
  const traffic = trafficPercentMax ?? (written.production ? productionPercentMax : 100);
  return {
    name: written.name,
    file,
    isProduction: written.production,
    endpoints: written.endpoints,
    connections: plainEntries(written.connections),
    targets: Object.fromEntries(
      Object.entries(written.targets).map(([name, list]) => [name, (list ?? []).map(plainJson)]),
    ),
    limits: { ...limits, trafficPercentMax: traffic, injectionMaxMs: injectionMax },
    blockers,
    ...(written.approval && { approval: written.approval }),
    ...(written.sentinel && { sentinel: written.sentinel }),
  };
}

function plainEntries(values: Record<string, unknown>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainJson(value)]));
}

function checkEndpoints({ endpoints }: Sound<WrittenEnvironment>): Finding[] {
  const withPassword = Object.entries(endpoints ?? {}).filter(
    ([, text]) => typeof text === 'string' && hasPassword(text),
  );
  const message = 'expected an address without a password, since endpoints are shown to people, found one';
  return withPassword.map(([name]) => finding(['endpoints', name], message));
}

function planBlockers(
  written: Record<string, WrittenBlocker>,
  tree: JsonObject,
  catalogue: Catalogue,
  findings: Finding[],
): Blocker[] {
  return Object.entries(written).flatMap(([name, blocker]) => {
    const query = memberOf(memberOf(memberOf(tree, 'blockers'), name), blocker.provider ?? '');
    const planned = planBlocker(name, { ...blocker, query }, catalogue);
    if ('blocker' in planned) return [planned.blocker];
    findings.push(planned);
    return [];
  });
}

function memberOf(tree: Json, key: string): Json {
  return isMap(tree) && Object.hasOwn(tree, key) ? (tree[key] ?? null) : null;
}

function planBlocker(name: string, written: WrittenBlocker, catalogue: Catalogue): { blocker: Blocker } | Finding {
  const provider = catalogue.signals.find((one) => one.kind === written.provider);
  if (!provider) return finding(['blockers', name], 'expected a signal that this build can read');
  const chosen = chooseMeasure(provider, written.measure, ['blockers', name, 'measure']);
  if ('message' in chosen) return chosen;
  const { unit } = chosen.measure;
  const isRelative = written.expect.bound.kind === 'baseline';
  const resolved = isRelative
    ? { message: 'expected a bound of its own, found a multiple of a baseline' }
    : inUnit(written.expect, unit);
  if ('message' in resolved) return finding(['blockers', name, 'expect'], resolved.message);
  const id = `blocker:${name}`;
  const { windowMs, everyMs } = written;
  const signal = { name: id, probe: id, measure: chosen.name, windowMs, everyMs, unit };
  const probe = { id, kind: provider.kind, query: plainJson(written.query) };
  return { blocker: { name, signal, expect: { signal: id, tolerance: resolved.tolerance }, probe } };
}
