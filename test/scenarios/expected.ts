import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const texts = z.record(z.string(), z.string());

const expectation = z.strictObject({
  verdict: z.string(),
  exit: z.number(),
  because: z.string().optional(),
  shop: texts.optional(),
  variables: texts.optional(),
  variant: z.string().optional(),
});

/** `servers` is how it ends where real servers are: see test/servers/founding. */
const entry = z.union([
  z.array(expectation).min(1),
  z.strictObject({ missing: z.string().min(1), servers: z.array(expectation).min(1) }),
]);

/** One run of one scenario and how it must end. */
export type Expectation = z.infer<typeof expectation>;

const folder = resolve(__dirname, '..', '..', 'scenarios');

/** What `scenarios/expected.yaml` says, by file. */
export function readExpected(): Record<string, z.infer<typeof entry>> {
  return z.record(z.string(), entry).parse(parse(readFileSync(join(folder, 'expected.yaml'), 'utf8')));
}

/** Every scenario of the folder. */
export function scenarioFiles(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'expected.yaml');
}
