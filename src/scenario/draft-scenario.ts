import type { Json, JsonObject } from '../domain/json';
import { isLaterName } from './endpoints';
import { finding, oneOf, show, type Finding } from './finding';
import { didYouMean } from './nearest';
import { isMap } from './plain-json';
import { valid, type Parsed } from './problem';
import type { SourceDocument } from './source-document';
import { substitute, type Meaning } from './substitute';
import { resolveVariables, type GivenVariables, type ResolvedVariables } from './variables';
import { plainTextProblem, withoutKind } from './without-kind';
import { parseYaml } from './yaml-document';

/** A scenario as far as it could be read: variables filled in, endpoints not. */
export interface Draft {
  source: SourceDocument;
  tree: JsonObject;
  /** What is wrong so far; more may be wrong with the shape. */
  findings: Finding[];
}

/** Reads a scenario's text and fills in its variables; a text that is no map of keys is all that fails here. */
export function draftScenario(text: string, file: string, given: GivenVariables): Parsed<Draft> {
  const parsed = parseYaml(text, file);
  if (!parsed.isValid) return plainTextProblem(text, file, parsed.problems) ?? parsed;
  const { tree } = parsed.value;
  if (!isMap(tree)) return notAMap(parsed.value);
  const kindless = withoutKind(parsed.value);
  if (kindless) return kindless;
  const variables = resolveVariables(tree['variables'], given);
  const filled = fillIn(tree, variables);
  return valid({ source: parsed.value, tree: filled.tree, findings: [...variables.findings, ...filled.findings] });
}

/** The problem of a document that is not a map of keys and values. */
export function notAMap(source: SourceDocument): Parsed<never> {
  const message = `expected a map of keys and values, found ${show(source.tree)}`;
  return { isValid: false, problems: [source.problem(finding([], message))] };
}

function fillIn(tree: JsonObject, variables: ResolvedVariables): { tree: JsonObject; findings: Finding[] } {
  const findings: Finding[] = [];
  const entries = Object.entries(tree).map(([key, value]): [string, Json] => {
    if (key === 'variables') return [key, value];
    const filled = substitute(value, (name) => meaningOf(name, variables), [key]);
    findings.push(...filled.findings);
    return [key, filled.tree];
  });
  return { tree: Object.fromEntries(entries), findings };
}

function meaningOf(name: string, { values, names }: ResolvedVariables): Meaning {
  if (isLaterName(name)) return undefined;
  const value = values.get(name);
  if (value !== undefined) return { value };
  // A declared variable without a value has its own finding; this one only keeps the text from being judged.
  if (names.includes(name)) return { message: '' };
  const known = [...names, 'endpoints.NAME'];
  return { message: `expected ${oneOf(known)} inside \${…}, found ${show(name)}`, hint: didYouMean(name, names) };
}
