import type { Environment } from '../domain/environment';
import { isSecretKey } from '../scenario/literal-secrets';
import { mapReferences } from '../scenario/text-or-reference';
import { resolveReference, UnresolvedReference, type ReferenceSource } from './reference-source';

/** Every secret that the environment's connections refer to and that can be read now; for redaction only. */
export function secretsOf(environment: Environment, source: ReferenceSource): string[] {
  const secrets = new Set<string>();
  for (const connection of Object.values(environment.connections))
    mapReferences(connection, (reference, path) => {
      const isPlain = !('env' in reference) && !path.some(isSecretKey);
      const text = isPlain ? undefined : textOf(() => resolveReference(reference, environment.file, source));
      if (text !== undefined) secrets.add(text);
      return null;
    });
  return [...secrets];
}

function textOf(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnresolvedReference) return undefined;
    throw error;
  }
}

/** A text with every secret in it blacked out, longest first; secrets of fewer than four characters are left alone. */
export function redact(text: string, secrets: readonly string[]): string {
  const longest = secrets.filter((secret) => secret.length >= 4).sort((left, right) => right.length - left.length);
  return longest.reduce((redacted, secret) => redacted.replaceAll(secret, '[secret]'), text);
}
