import type { CommandInput } from './command-input';
import type { World } from './world';

/** A word that a command takes after its name. */
interface ArgumentSpec {
  name: string;
  description: string;
  isOptional?: boolean;
  /** One or more. */
  isList?: boolean;
}

/** A flag of a command. */
export interface OptionSpec {
  /** As commander writes it, such as `--limit <count>`. */
  flags: string;
  description: string;
  default?: string;
  choices?: string[];
  /** May be given several times. */
  isRepeatable?: boolean;
  isRequired?: boolean;
}

/** One verb of the command line; help, completion of mistakes and docs/cli.md are derived from it. */
export interface Command {
  name: string;
  /** One sentence without a full stop. */
  summary: string;
  arguments?: ArgumentSpec[];
  options?: OptionSpec[];
  /** What a reader has to know besides. */
  details?: string;
  /** Whole command lines. */
  examples: string[];
  /** Resolves to the exit code; prints through the world alone. Errors: `CliError` for all that a person can act on. */
  run(world: World, input: CommandInput): Promise<number>;
}

/** The flag of every command that has a machine form. */
export const jsonOption: OptionSpec = {
  flags: '--json',
  description: 'print one JSON document on stdout and nothing else',
};

/** Why a person acts; it stays in the audit and in the report. */
export const reasonOption: OptionSpec = {
  flags: '--reason <text>',
  description: 'why, for the audit and the report',
  isRequired: true,
};

/** How many rows of a list. */
export const limitOption: OptionSpec = { flags: '--limit <count>', description: 'how many at most', default: '20' };
