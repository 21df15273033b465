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

/** `servers` is how it ends where real servers are, with this folder of environments: see test/servers/founding. */
const elsewhere = z.strictObject({
  missing: z.string().min(1),
  environments: z.string(),
  servers: z.array(expectation).min(1),
});

const entry = z.union([z.array(expectation).min(1), elsewhere]);

/** One run of one scenario and how it must end. */
export type Expectation = z.infer<typeof expectation>;

const folder = resolve(__dirname, '..', '..', 'scenarios');

/** What `scenarios/expected.yaml` says, by file. */
export function readExpected(): Record<string, z.infer<typeof entry>> {
  return z.record(z.string(), entry).parse(parse(readFileSync(join(folder, 'expected.yaml'), 'utf8')));
}

/** What it says of a scenario that needs real servers; throws when it says nothing of the kind. */
export function expectedOnServers(file: string): z.infer<typeof elsewhere> {
  const found = readExpected()[file];
  if (found === undefined || Array.isArray(found)) throw new Error(`expected.yaml says no servers: of ${file}`);
  return found;
}

/** Every scenario of the folder. */
export function scenarioFiles(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'expected.yaml');
}
