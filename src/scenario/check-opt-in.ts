import type { Environment } from '../domain/environment';
import type { Json } from '../domain/json';
import { finding, oneOf, show, type Finding, type Path } from './finding';
import { didYouMean, nearest } from './nearest';
import { isMap } from './plain-json';
import { injectionsOf, systemOf, type PlacedInjection, type WrittenStep } from './steps';

type Target = Record<string, string>;

/**
 * Targets that the environment has not opted in, as far as the two can be compared by their keys alone: what a selector
 * calls `point`, an opt-in entry lists as `point` or `points`. Anything else is left to the survey, which has the last
 * word in any case.
 */
export function checkOptIn(steps: WrittenStep[], environment: Environment): Finding[] {
  return injectionsOf(steps).flatMap((placed) => checkTarget(placed, environment));
}

function checkTarget({ step, path }: PlacedInjection, { name, targets, connections }: Environment): Finding[] {
  const system = systemOf(step.fault);
  const wanted = asTarget(step.target);
  // A system without a connection has its own finding.
  if (!wanted || !Object.hasOwn(connections, system)) return [];
  const entries = (Object.hasOwn(targets, system) && targets[system]) || [];
  const optedIn = entries.map((entry) => targetsIn(entry, Object.keys(wanted)));
  const known = optedIn.flatMap((one) => one ?? []);
  if (optedIn.includes(undefined) || known.some((one) => label(one) === label(wanted))) return [];
  return [
    notOptedIn(wanted, known, { at: [...path, 'target'], where: `environment ${name}`, list: `targets.${system}` }),
  ];
}

function notOptedIn(
  wanted: Target,
  known: Target[],
  { at, where, list }: { at: Path; where: string; list: string },
): Finding {
  const labels = [...new Set(known.map(label))];
  const expected = labels.length === 0 ? `but it has none under ${list}` : `${oneOf(labels)} under ${list}`;
  const message = `expected a target that ${where} has opted in, ${expected}, found ${show(label(wanted))}`;
  const meant = known.find((one) => label(one) === nearest(label(wanted), labels));
  const key = meant && Object.keys(wanted).find((one) => wanted[one] !== meant[one]);
  const hint = didYouMean(label(wanted), labels) ?? `whoever owns the environment can add it under ${list}`;
  return finding(key === undefined ? at : [...at, key], message, hint);
}

/** Every target that an entry stands for, in the keys of a selector; undefined when they cannot be compared. */
function targetsIn(entry: Json, keys: string[]): Target[] | undefined {
  if (!isMap(entry)) return undefined;
  return keys.reduce<Target[] | undefined>(
    (found, key) => {
      const values = textsOf(entry[key] ?? entry[`${key}s`]);
      return values && found?.flatMap((target) => values.map((value) => ({ ...target, [key]: value })));
    },
    [{}],
  );
}

function asTarget(selector: Json): Target | undefined {
  if (!isMap(selector)) return undefined;
  const texts = Object.entries(selector).map(([key, value]) => [key, textsOf(value)] as const);
  if (texts.length === 0 || texts.some(([, values]) => values?.length !== 1)) return undefined;
  return Object.fromEntries(texts.map(([key, values]) => [key, values?.[0] ?? '']));
}

function textsOf(value: Json | undefined): string[] | undefined {
  const values = Array.isArray(value) ? value : [value];
  const isPlain = values.every((one) => typeof one === 'string' || typeof one === 'number');
  return isPlain ? values.map(String) : undefined;
}

function label(target: Target): string {
  return Object.values(target).join('/');
}
