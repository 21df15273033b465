import { CommanderError } from 'commander';
import { usageExitCode } from './cli-error';
import { loadCommand, loadCommands } from './commands';
import type { Output } from './output';
import { buildProgram } from './program';
import { tellError } from './tell-error';
import type { World } from './world';

/** What a command line is run with. */
export interface CommandLine {
  /** Words after the name of the program. */
  words: string[];
  /** For help and mistakes. */
  output: Output;
  /** Made only when a command really runs. */
  makeWorld(): Promise<World>;
  version(): string;
}

/** Parses, runs and resolves to the exit code; never throws. */
export async function runCommandLine({ words, output, makeWorld, version }: CommandLine): Promise<number> {
  try {
    const asked = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
    if (asked[0] === '--version' || asked[0] === '-V') return (output.result(version()), 0);
    return await dispatch(asked.length === 0 ? ['--help'] : asked, output, makeWorld);
  } catch (error) {
    return tellError(error, { output, isJson: words.includes('--json'), isDebug: words.includes('--debug') });
  }
}

async function dispatch(words: string[], output: Output, makeWorld: CommandLine['makeWorld']): Promise<number> {
  let exitCode = 0;
  const known = await loadCommand(words[0] ?? '');
  const program = buildProgram(
    known ? [known] : await loadCommands(),
    async (command, input) => {
      exitCode = await command.run(await makeWorld(), input);
    },
    { writeOut: (text) => output.result(text.trimEnd()), writeErr: (text) => output.note(text.trimEnd()) },
  );
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what was wrong; its own exit codes are not ours.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    throw error;
  }
}
