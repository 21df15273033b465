import type { Json } from '../domain/json';
import { finding, type Finding, type Path } from './finding';
import { isReference } from './text-or-reference';

const secretKey = /(token|password|passphrase|secret|credentials?|(api|access|private|secret)_?key)$/i;

/** Whether a key by its name holds something that nobody may read. */
export function isSecretKey(key: string | number | undefined): boolean {
  return typeof key === 'string' && secretKey.test(key);
}

/** Secrets that stand in a file as plain text, by the names of their keys or by what their system says; the findings never repeat them. */
export function literalSecrets(tree: Json, isSecretAt: (path: Path) => boolean, path: Path = []): Finding[] {
  if (isReference(tree)) return [];
  if (Array.isArray(tree)) return tree.flatMap((item, index) => literalSecrets(item, isSecretAt, [...path, index]));
  if (typeof tree === 'object' && tree !== null)
    return Object.entries(tree).flatMap(([key, item]) => literalSecrets(item, isSecretAt, [...path, key]));
  if (tree === null || typeof tree === 'boolean') return [];
  if (path.some(isSecretKey) || isSecretAt(path))
    return [
      finding(path, 'expected a secret only as a reference, {env: NAME} or {file: path}, found it as plain text'),
    ];
  return hasPassword(String(tree)) ? [finding(path, withoutPassword)] : [];
}

const withoutPassword = 'expected an address without a password, found one; put it behind {env: NAME} or {file: path}';

/** Whether a text is an address that carries a password or token before its host. */
export function hasPassword(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*@/i.test(text.trim());
}
