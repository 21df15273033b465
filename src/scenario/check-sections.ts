import type { ZodType } from 'zod';
import type { Json, JsonObject } from '../domain/json';
import { checkShape } from './check-shape';
import type { Finding, Path } from './finding';
import { isMap } from './plain-json';

/** The sections of a file that are in shape; the others are missing. */
export type Sound<T> = { [Key in keyof T]?: T[Key] | undefined };

/** The sections of a file that are in shape, and what is wrong with the others. */
export interface Sections<T> {
  /** Of a section that is broken, the members in shape; it is missing when it has no shape without the others. */
  values: Sound<T>;
  /** The first keys of what is wrong. */
  broken: ReadonlySet<string>;
  findings: Finding[];
}

/** Checks a whole file and, where that fails, keeps what is in shape, so that it can be judged further. */
export function checkSections<T>(schema: ZodType<T> & { partial(): ZodType<Sound<T>> }, tree: JsonObject): Sections<T> {
  const whole = checkShape(schema, tree);
  if (whole.value !== undefined) return { values: whole.value, broken: new Set(), findings: [] };
  const broken = new Set(whole.findings.map((finding) => String(finding.path[0])));
  return { values: soundValues(schema.partial(), tree, whole.findings), broken, findings: whole.findings };
}

function soundValues<T>(schema: ZodType<Sound<T>>, tree: JsonObject, findings: Finding[]): Sound<T> {
  const mended = findings.reduce<JsonObject>((rest, { path }) => withoutPart(rest, path), tree);
  const again = checkShape(schema, mended);
  const lost = new Set(again.findings.map((finding) => String(finding.path[0])));
  const sound = Object.fromEntries(Object.entries(mended).filter(([key]) => !lost.has(key)));
  const values = again.value ?? checkShape(schema, sound).value ?? {};
  // A default must not stand in for a section that is there and broken.
  for (const key of [...lost, ...Object.keys(tree).filter((one) => !Object.hasOwn(mended, one))])
    if (Object.hasOwn(values, key)) Reflect.deleteProperty(values, key);
  return values;
}

// A signal is one part whatever is wrong inside it; of an expectation only the line that is wrong is taken out.
const depths: Record<string, number> = { signals: 2, steps: 2, guards: 2, blockers: 2 };

function withoutPart(tree: JsonObject, path: Path): JsonObject {
  const depth = depths[String(path[0])] ?? 3;
  const left = without(tree, path.slice(0, depth));
  return isMap(left) ? left : {};
}

function without(value: Json | undefined, [key, ...rest]: Path): Json | undefined {
  if (key === undefined) return undefined;
  if (Array.isArray(value)) return typeof key === 'number' ? withoutItem(value, key) : undefined;
  if (value === undefined || !isMap(value)) return undefined;
  const { [key]: child, ...others } = value;
  const left = rest.length === 0 ? undefined : without(child, rest);
  return left === undefined ? others : { ...value, [key]: left };
}

// Later items keep their places: a step gives way to one that does nothing, any other list ends before it.
function withoutItem(list: Json[], index: number): Json[] {
  return list.some(isStep)
    ? list.map((item, place) => (place === index ? { pause: '1s' } : item))
    : list.slice(0, index);
}

function isStep(item: Json): boolean {
  return isMap(item) && ['inject', 'pause', 'parallel'].some((key) => Object.hasOwn(item, key));
}
