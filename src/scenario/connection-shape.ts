import { z, type ZodType } from 'zod';
import type { Json } from '../domain/json';
import { expectedText } from './expected-text';
import { plainJson } from './plain-json';
import { literalSecrets } from './literal-secrets';
import { secretFields } from './secret-fields';
import { mapReferences } from './text-or-reference';

/** The shape behind a connection whose texts may be references, for those who describe it to editors. */
export const connectionOf = new WeakMap<ZodType, ZodType>();

/**
 * A system's connection as an environment file holds it: any text may be a reference and a secret must be one. It is
 * checked as far as that goes without resolving anything, and stays as it is written.
 */
export function connectionShape(connection: ZodType): ZodType<Json> {
  const isSecretAt = secretFields(connection);
  const shape = z.unknown().transform((written, context): Json => {
    const tree = plainJson(written);
    for (const { path, message } of literalSecrets(tree, isSecretAt))
      context.addIssue({ code: 'custom', path: [...path], message, params: { isComplete: true } });
    for (const issue of issuesOf(connection, tree)) context.addIssue({ code: 'custom', params: { issue } });
    return tree;
  });
  connectionOf.set(shape, connection);
  return shape;
}

function issuesOf(connection: ZodType, tree: Json): z.core.$ZodIssue[] {
  const references = new Set<string>();
  const resolved = mapReferences(tree, (_, path) => {
    references.add(JSON.stringify(path));
    return 'http://reference.invalid';
  });
  const { error } = connection.safeParse(resolved, { error: expectedText, reportInput: true });
  return (error?.issues ?? []).filter((issue) => !references.has(JSON.stringify(issue.path)));
}
