import { z } from 'zod';
import { canonicalJson } from '../../../src/domain/json';

/** A toxic as Toxiproxy shows it; `toxicity` is the chance, for each connection, to meet it. */
export const toxic = z.looseObject({
  name: z.string(),
  type: z.string(),
  stream: z.string(),
  toxicity: z.number(),
  attributes: z.record(z.string(), z.json()),
});

/** A toxic as Toxiproxy shows it and as it is placed. */
export type Toxic = Pick<z.infer<typeof toxic>, 'name' | 'type' | 'stream' | 'toxicity' | 'attributes'>;

/** A proxy with its toxics. */
export const proxy = z.looseObject({
  name: z.string(),
  listen: z.string(),
  upstream: z.string(),
  enabled: z.boolean(),
  toxics: z.array(toxic),
});

/** A proxy with its toxics. */
export type Proxy = z.infer<typeof proxy>;

/** Every proxy by name. */
export const proxies = z.record(z.string(), proxy);

/** What is to be seen of one toxic: not there, ours without effect, ours with its effect, or changed by somebody else. */
export type Sight = 'nothing' | 'inert' | 'active' | 'foreign';

/** Compares what is there with what we placed, by name. */
export function sightOf(there: Toxic[], ours: Toxic): Sight {
  const found = there.find(({ name }) => name === ours.name);
  if (found === undefined) return 'nothing';
  if (contentOf(found) !== contentOf(ours)) return 'foreign';
  if (found.toxicity === 0) return 'inert';
  // Toxiproxy keeps toxicity in 32 bits.
  return Math.fround(found.toxicity) === Math.fround(ours.toxicity) ? 'active' : 'foreign';
}

function contentOf({ type, stream, attributes }: Toxic): string {
  return canonicalJson({ type, stream, attributes });
}
