import type { z, ZodType } from 'zod';
import { expectedText } from './expected-text';
import { finding, show, type Finding, type Path } from './finding';
import { didYouMean } from './nearest';
import { refuseUnsupported, unsupportedKinds } from './unsupported';

/** A value in its shape, or everything that keeps it out of it. */
export type Shaped<T> = { value: T; findings: [] } | { value?: never; findings: Finding[] };

/** Options of a check. */
export interface CheckOptions {
  /** Where the value stands in its document. */
  at?: Path;
  /** True where the value may hold a secret: what was found is then not shown. */
  isSecret?: boolean;
}

/** Brings a value into its shape; the findings say what was expected and what was found. */
export function checkShape<T>(schema: ZodType<T>, value: unknown, options: CheckOptions = {}): Shaped<T> {
  const result = schema.safeParse(value, { error: expectedText, reportInput: true });
  if (result.success) return { value: result.data, findings: [] };
  return { findings: result.error.issues.flatMap((issue) => findingsOf(issue, options.at ?? [], options)) };
}

type Issue = z.core.$ZodIssue;

function findingsOf(issue: Issue, at: Path, options: CheckOptions): Finding[] {
  const path = [...at, ...plainPath(issue.path)];
  if (issue.code === 'custom') return customFindings(issue, path, options);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, issue.message));
  if (issue.code === 'invalid_union') return closestBranch(issue.errors, path, options, issue.message);
  if (issue.code === 'invalid_key') return invalidKey(issue, path);
  return [valueFinding(issue, path, options)];
}

function plainPath(path: readonly PropertyKey[]): Path {
  return path.map((part) => (typeof part === 'number' ? part : String(part)));
}

function valueFinding(issue: Issue, path: Path, options: CheckOptions): Finding {
  if (isUnsupportedKind(issue))
    return finding(path, `this build does not act on scenarios of kind ${show(issue.input)}`);
  const message = issue.message.startsWith('expected ')
    ? `${issue.message}, found ${found(issue, options)}`
    : issue.message;
  if (issue.code !== 'invalid_value' || typeof issue.input !== 'string' || options.isSecret)
    return finding(path, message);
  return finding(path, message, didYouMean(issue.input, issue.values.map(String)));
}

function isUnsupportedKind(issue: Issue): boolean {
  return issue.code === 'invalid_value' && unsupportedKinds.some((kind) => kind === issue.input);
}

function found(issue: Issue, options: CheckOptions): string {
  if (options.isSecret && typeof issue.input === 'string') return 'another text';
  return issue.code === 'too_small' || issue.code === 'too_big' ? size(issue.input) : show(issue.input);
}

function size(value: unknown): string {
  if (Array.isArray(value)) return String(value.length);
  return show(value);
}

function customFindings(issue: Extract<Issue, { code: 'custom' }>, path: Path, options: CheckOptions): Finding[] {
  const { params } = issue;
  if (isIssue(params?.['issue'])) return findingsOf(params['issue'], path, options);
  if (!params?.['isComplete']) return [valueFinding(issue, path, options)];
  const hint = typeof params['hint'] === 'string' ? params['hint'] : undefined;
  const one = finding(path, issue.message, hint);
  return [params['isAboutKey'] ? { ...one, isAboutKey: true } : one];
}

function isIssue(value: unknown): value is Issue {
  return typeof value === 'object' && value !== null && 'code' in value && 'path' in value;
}

function unknownKey(key: string, path: Path, expected: string): Finding {
  const unsupported = refuseUnsupported([key]);
  if (unsupported) return { path: [...path, key], isAboutKey: true, message: unsupported.message };
  const known = expected.replace(/^expected (one of )?/, '').split(', ');
  const hint = didYouMean(key, known);
  const message = `${expected}, found the unknown key "${key}"`;
  return { ...finding([...path, key], message, hint), isAboutKey: true };
}

function closestBranch(branches: Issue[][], path: Path, options: CheckOptions, message: string): Finding[] {
  const closest = [...branches].sort((left, right) => distance(left) - distance(right))[0];
  if (!closest || closest.length === 0) return [finding(path, message)];
  return closest.flatMap((issue) => findingsOf(issue, path, options));
}

function distance(branch: Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.path.length === 0 ? 10 : 1), 0);
}

function invalidKey(issue: Extract<Issue, { code: 'invalid_key' }>, path: Path): Finding[] {
  const message = issue.issues[0]?.message ?? issue.message;
  return [{ path, isAboutKey: true, message: `${message}, found ${show(path.at(-1))}` }];
}
