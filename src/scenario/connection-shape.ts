import { z, type ZodType } from 'zod';
import type { Json } from '../domain/json';
import { expectedText } from './expected-text';
import type { Path } from './finding';
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
    const secrets = literalSecrets(tree, isSecretAt);
    for (const { path, message } of secrets)
      context.addIssue({ code: 'custom', path: [...path], message, params: { isComplete: true } });
    // What else is wrong with a secret would be said with the secret itself.
    const open = issuesOf(connection, tree).filter((issue) => !secrets.some(({ path }) => isAt(issue, path)));
    for (const issue of open) context.addIssue({ code: 'custom', params: { issue } });
    return tree;
  });
  connectionOf.set(shape, connection);
  return shape;
}

function isAt(issue: z.core.$ZodIssue, path: Path): boolean {
  return JSON.stringify(issue.path) === JSON.stringify(path);
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
