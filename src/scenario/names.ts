import { z, type ZodType } from 'zod';

const slugExpected =
  'expected a name of small letters, digits and hyphens, at most 63 characters, beginning with a letter';

/** A name as files, ids and tags can carry it. */
export const slug = z.string(slugExpected).regex(/^[a-z][a-z0-9-]{0,62}$/, slugExpected);

/** A map with a bounded number of entries. */
export function atMost<T extends ZodType<Record<string, unknown>>>(entriesMax: number, schema: T): T {
  const error = `expected at most ${entriesMax} entries, found more`;
  return schema.refine((entries) => Object.keys(entries).length <= entriesMax, { error, params: { isComplete: true } });
}

/** A sentence for people. */
export const sentence = z.string().trim().min(1, 'expected a sentence').max(2_000);

/** Names of groups of people, at least one, each once. */
export const groups = z
  .array(z.string().trim().min(1, 'expected the name of a group'))
  .min(1)
  .max(20)
  .refine((names) => new Set(names).size === names.length, 'expected each group once');

/** A short text for lists and reports. */
export const label = z.string().trim().min(1).max(500);
