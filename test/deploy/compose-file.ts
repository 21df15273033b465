import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The project's folder. */
export const root = resolve(__dirname, '..', '..');

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
});

const file = z.object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) });

/** One service of docker-compose.yml. */
export type ComposeService = z.infer<typeof service>;

/** docker-compose.yml with its anchors and merges resolved. */
export function readCompose(): z.infer<typeof file> {
  return file.parse(parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }));
}

/** Whether a service runs a verb of the command line from our own image. */
export function isVerb({ build, entrypoint }: ComposeService): boolean {
  return build !== undefined && entrypoint === undefined;
}
