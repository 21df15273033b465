import type { ZodType } from 'zod';
import type { JsonObject } from '../domain/json';
import { checkShape } from './check-shape';
import type { Finding } from './finding';

/** The sections of a file that are in shape; the others are missing. */
export type Sound<T> = { [Key in keyof T]?: T[Key] | undefined };

/** The sections of a file that are in shape, and what is wrong with the others. */
export interface Sections<T> {
  values: Sound<T>;
  /** The first keys of what is wrong. */
  broken: ReadonlySet<string>;
  findings: Finding[];
}

/** Checks a whole file and, where that fails, keeps the sections that are in shape, so that they can be judged further. */
export function checkSections<T>(schema: ZodType<T> & { partial(): ZodType<Sound<T>> }, tree: JsonObject): Sections<T> {
  const whole = checkShape(schema, tree);
  if (whole.value !== undefined) return { values: whole.value, broken: new Set(), findings: [] };
  const broken = new Set(whole.findings.map((finding) => String(finding.path[0])));
  const sound = Object.entries(tree).filter(([key]) => !broken.has(key));
  const values = checkShape(schema.partial(), Object.fromEntries(sound)).value ?? {};
  // A default must not stand in for a section that is there and broken.
  for (const key of broken) if (Object.hasOwn(values, key)) Reflect.deleteProperty(values, key);
  return { values, broken, findings: whole.findings };
}
