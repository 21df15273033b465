import { z, type ZodType } from 'zod';
import { didYouMean } from './nearest';
import { oneOf, show } from './finding';
import { expectedText } from './expected-text';
import { refuseUnsupported } from './unsupported';

/** The shapes among which a dispatching schema chooses, for those who describe it to editors. */
export const alternativesOf = new WeakMap<ZodType, ZodType[]>();

type Choice = { chosen: string } | { path: string[]; message: string; hint?: string | undefined };

/**
 * A shape chosen by which of its telling keys a map has, so that a mistake inside it is reported against the shape
 * that was meant and not against every shape there is.
 */
export function byKey<T>(shapes: Record<string, ZodType<T>>): ZodType<T> {
  return dispatch(shapes, (value) => chooseByKey(value, Object.keys(shapes)));
}

/** A shape chosen by the value of one key. */
export function byValue<T>(key: string, shapes: Record<string, ZodType<T>>): ZodType<T> {
  return dispatch(shapes, (value) => chooseByValue(value, key, Object.keys(shapes)));
}

function dispatch<T>(shapes: Record<string, ZodType<T>>, choose: (value: unknown) => Choice): ZodType<T> {
  const schema = z.unknown().transform((value, context): T => {
    const choice = choose(value);
    const shape = 'chosen' in choice ? shapes[choice.chosen] : undefined;
    if (!shape) {
      context.addIssue({ code: 'custom', ...('message' in choice ? choiceIssue(choice) : {}) });
      return z.NEVER;
    }
    const result = shape.safeParse(value, { error: expectedText, reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.addIssue({ code: 'custom', params: { issue } });
    return z.NEVER;
  });
  alternativesOf.set(schema, Object.values(shapes));
  return schema;
}

function choiceIssue({ path, message, hint }: Exclude<Choice, { chosen: string }>) {
  return { path, message, params: { isComplete: true, hint, isAboutKey: path.length > 0 } };
}

function chooseByKey(value: unknown, known: string[]): Choice {
  const expected = `expected a map with ${oneOf(known)}`;
  if (!isMap(value)) return { path: [], message: `${expected}, found ${show(value)}` };
  const keys = Object.keys(value);
  const chosen = known.find((key) => keys.includes(key));
  if (chosen !== undefined) return { chosen };
  const [first] = keys;
  if (first === undefined) return { path: [], message: `${expected}, found an empty map` };
  const unsupported = refuseUnsupported(keys);
  if (unsupported) return { path: [unsupported.key], message: unsupported.message };
  const meant = keys.find((key) => didYouMean(key, known) !== undefined) ?? first;
  return { path: [meant], message: `${expected}, found "${meant}"`, hint: didYouMean(meant, known) };
}

function chooseByValue(value: unknown, key: string, known: string[]): Choice {
  if (!isMap(value)) return { path: [], message: `expected a map with ${key}, found ${show(value)}` };
  const found = value[key];
  if (typeof found === 'string' && known.includes(found)) return { chosen: found };
  const hint = typeof found === 'string' ? didYouMean(found, known) : undefined;
  return { path: [key], message: `expected ${oneOf(known)}, found ${show(found)}`, hint };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
