import { Command as Program, Option, type OutputConfiguration } from 'commander';
import type { Command, OptionSpec } from './command';
import { CommandInput } from './command-input';

/** What commander calls when a command line is complete. */
export type OnRun = (command: Command, input: CommandInput) => Promise<void>;

/** Where commander writes help and mistakes. */
export interface ProgramOutput {
  writeOut(text: string): void;
  writeErr(text: string): void;
}

// The same everywhere, so that docs/cli.md shows what a person sees.
const helpWidth = 100;
const summary = 'Chaos experiments and game days as durable Temporal workflows';
const footer =
  '\n"gameday VERB --help" explains one verb. GAMEDAY_URL and GAMEDAY_TOKEN name another API than this folder\'s.';

/** Builds the parser for some commands; `names` are all verbs, so that a slip finds its nearest. */
export function buildProgram(commands: Command[], onRun: OnRun, streams: ProgramOutput): Program {
  const output = { ...streams, getOutHelpWidth: () => helpWidth, getErrHelpWidth: () => helpWidth };
  const program = new Program('gameday').description(summary).configureOutput(output).exitOverride();
  program.helpCommand(false).showHelpAfterError('See "gameday --help".').addHelpText('after', footer);
  for (const command of commands) program.addCommand(buildVerb(command, onRun, output));
  return program;
}

function buildVerb(command: Command, onRun: OnRun, output: OutputConfiguration): Program {
  const verb = new Program(command.name).summary(command.summary).description(describe(command));
  verb.configureOutput(output).exitOverride().showHelpAfterError(`See "gameday ${command.name} --help".`);
  for (const word of command.arguments ?? []) verb.argument(wordOf(word), word.description);
  for (const option of command.options ?? []) verb.addOption(buildOption(option));
  verb.option('--debug', 'show where an error comes from').addHelpText('after', `\n${examplesOf(command)}`);
  return verb.action(async (...given: unknown[]) => onRun(command, readInput(command, verb, given)));
}

function describe({ summary: sentence, details }: Command): string {
  const first = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
  return details === undefined ? first : `${first}\n\n${details}`;
}

function wordOf({ name, isOptional, isList }: NonNullable<Command['arguments']>[number]): string {
  const word = isList ? `${name}...` : name;
  return isOptional ? `[${word}]` : `<${word}>`;
}

function buildOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description);
  if (spec.choices) option.choices(spec.choices);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.isRequired) option.makeOptionMandatory();
  if (spec.isRepeatable) option.default([], 'none').argParser(collect);
  return option;
}

function collect(value: string, before: unknown): string[] {
  return [...(Array.isArray(before) ? before.filter((one) => typeof one === 'string') : []), value];
}

function examplesOf({ examples }: Command): string {
  return `Examples:\n${examples.map((example) => `  ${example}`).join('\n')}`;
}

function readInput(command: Command, verb: Program, given: unknown[]): CommandInput {
  const words = Object.fromEntries((command.arguments ?? []).map(({ name }, index) => [name, given[index]]));
  return new CommandInput(words, verb.opts());
}
