import { formatProblem } from '../scenario/problem';
import { CliError } from './cli-error';
import type { Output } from './output';
import { toldError } from './told-error';

/** How an error is told. */
export interface Telling {
  output: Output;
  isJson: boolean;
  isDebug: boolean;
}

/** Says what was attempted, why not and what would help; a stack only with --debug. Returns the exit code. */
export function tellError(error: unknown, { output, isJson, isDebug }: Telling): number {
  const told = error instanceof CliError ? error : unexpected(error);
  if (isJson) output.json(documentOf(told));
  for (const line of linesOf(told, output)) output.note(line);
  if (isDebug) output.note(error instanceof Error ? (error.stack ?? '') : String(error));
  return told.exitCode;
}

function unexpected(error: unknown): CliError {
  const told = toldError(error);
  if (told) return new CliError(told.attempt, told.why, told.help);
  const why = messageOf(error);
  return new CliError('Could not finish', why, 'Run it again with --debug to see where this comes from.');
}

// By shape, because errors of other realms and of native modules are no instances of our Error.
function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return hasMessage && typeof error.message === 'string' ? error.message : String(error);
}

function documentOf({ message, why, help, problems }: CliError): object {
  return { error: message, why, help, ...(problems.length > 0 ? { problems } : {}) };
}

function linesOf({ message, why, help, problems }: CliError, { notePaint }: Output): string[] {
  return [
    ...problems.map(formatProblem),
    `${notePaint.red('error:')} ${message}: ${why}${/[.!?]$/.test(why) ? '' : '.'}`,
    ...(help === '' ? [] : [help]),
  ];
}
