import { z } from 'zod';
import { byValue } from './by-key';
import { atMost } from './names';
import { durationMs } from './duration';

const durationExpected = 'expected a duration with its unit, such as 60s';
const nameExpected = 'expected a name of letters, digits, hyphens and underscores, beginning with a letter';

/** Whether a text refers to variables and so has its type only once they are known. */
function isReference(text: string): boolean {
  return text.includes('${');
}

const reference = z.string().refine(isReference, 'expected a value of the declared type');
const about = { description: z.string().optional() };
const durationLiteral = z.string(durationExpected).refine((text) => durationMs(text) !== undefined, durationExpected);
const durationText = durationLiteral.optional();

const durationOrReference = z
  .string(durationExpected)
  .refine((text) => isReference(text) || durationMs(text) !== undefined, durationExpected);

/** One declared variable; texts may refer to other variables. */
export interface VariableDeclaration {
  type: 'number' | 'text' | 'duration' | 'boolean';
  default?: string | number | boolean | undefined;
  min?: string | number | undefined;
  max?: string | number | undefined;
  choices?: (string | number)[] | undefined;
  description?: string | undefined;
}

const declaration = byValue<VariableDeclaration>('type', {
  number: z.strictObject({
    type: z.literal('number'),
    default: z.union([z.number(), reference]).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    choices: z.array(z.number()).min(1).optional(),
    ...about,
  }),
  text: z.strictObject({
    type: z.literal('text'),
    default: z.string().optional(),
    choices: z.array(z.string()).min(1).optional(),
    ...about,
  }),
  duration: z.strictObject({
    type: z.literal('duration'),
    default: durationOrReference.optional(),
    min: durationText.optional(),
    max: durationText.optional(),
    choices: z.array(durationLiteral).min(1).optional(),
    ...about,
  }),
  boolean: z.strictObject({
    type: z.literal('boolean'),
    default: z.union([z.boolean(), reference]).optional(),
    ...about,
  }),
});

/** The variables that a scenario declares, by name. */
export const variableDeclarations = atMost(
  100,
  z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, nameExpected), declaration),
);
