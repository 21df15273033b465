import { z } from 'zod';
import { canonicalJson } from '../../src/domain/json';
import type { Injection } from '../../src/domain/injection';

const instant = z.iso.datetime();

/** The only form of an id that every target accepts as a tag and that can be part of a file name or a path. */
export const injectionId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1 to 40 of a-z, 0-9 and -');

const target = z.strictObject({ identity: z.string(), lockKey: z.string(), description: z.string(), facts: z.json() });

const injectionRecord = z.strictObject({
  injectionId,
  experimentId: z.string(),
  fault: z.string(),
  environment: z.string(),
  lockKey: z.string(),
  home: z.string(),
  targets: z.array(target),
  params: z.json(),
  originals: z.json(),
  preparedAt: instant,
  hardStopAt: instant,
  notAfter: instant,
  leaseMs: z.number().positive(),
});

/** An injection as it is left at a target, so that the target alone tells whose fault it is and how to end it. */
export function writeInjection(injection: Injection): string {
  return canonicalJson(injection);
}

/** The injection that `writeInjection` wrote, or undefined when the text is anything else. */
export function readInjection(text: string): Injection | undefined {
  try {
    return injectionRecord.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
