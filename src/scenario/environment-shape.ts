import { z } from 'zod';
import { connectionsOf, systemsOf, type Catalogue } from '../domain/catalogue';
import { connectionShape } from './connection-shape';
import { duration } from './duration';
import { atMost, groups, slug } from './names';
import { blockerShape } from './signals';
import { textOrReference } from './text-or-reference';

const limits = z.strictObject({
  targetsMax: z.int().min(1).default(1).describe('The most targets of one experiment'),
  trafficPercentMax: z
    .number()
    .gt(0)
    .max(100)
    .optional()
    .describe('The highest share of traffic that may meet a fault; default 5 in production, else 100'),
  injectionMax: duration({ min: '1s' }).prefault('10m').describe('The longest hold of one fault'),
  concurrentExperimentsMax: z.int().min(1).default(1),
  concurrentInjectionsMax: z.int().min(1).default(1),
});

/** The shape of an environment file, with the shapes of all plug-ins in place: the one source of its rules. */
export function environmentShape(catalogue: Catalogue) {
  const systems = systemsOf(catalogue);
  const connections = connectionsOf(catalogue).map(
    ({ name, connection }) => [name, connectionShape(connection).optional()] as const,
  );
  const targets = systems.map((system) => [system.name, z.array(system.optIn).optional()] as const);
  return z.strictObject({
    kind: z.literal('environment').describe('What the file describes'),
    name: slug.describe('The name by which scenarios refer to it'),
    production: z.boolean().default(false).describe('Whether real users are affected'),
    endpoints: atMost(100, z.record(slug, textOrReference))
      .prefault({})
      .describe('Addresses by name: ${endpoints.NAME}'),
    connections: z.strictObject(Object.fromEntries(connections)).prefault({}).describe('How each system is reached'),
    targets: z.strictObject(Object.fromEntries(targets)).prefault({}).describe('What may be harmed, and nothing else'),
    limits: limits.prefault({}).describe('What no author of a scenario can raise'),
    approval: z
      .strictObject({ from: groups, required: z.int().min(1).max(20).default(1) })
      .optional()
      .describe('Whose consent every experiment here needs'),
    blockers: atMost(20, z.record(slug, blockerShape(catalogue)))
      .prefault({})
      .describe('Signs of a real incident or deployment'),
    sentinel: z.strictObject({ url: z.url() }).optional().describe('Where the sentinel of this environment answers'),
  });
}

/** An environment file in its shape. */
export type WrittenEnvironment = z.infer<ReturnType<typeof environmentShape>>;
