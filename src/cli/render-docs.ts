import type { Command } from './command';
import { buildProgram } from './program';

const intro = `# The command line

This page is generated from the commands themselves; it shows what \`gameday VERB --help\` prints.

Results go to stdout, progress and logs to stderr. With \`--json\`, stdout is one JSON document and nothing else. Colour ends
with \`NO_COLOR\` or in a pipe. Mistakes in usage or in a scenario exit with 2.
`;

/** Renders docs/cli.md: the overview and one section per verb. */
export function renderDocs(commands: Command[]): string {
  const sections = commands.map((command) => `## ${command.name}\n\n${fenced(helpOf([command], command.name))}`);
  return `${intro}\n${fenced(helpOf(commands))}\n${sections.join('\n')}`;
}

/** What --help prints, of one verb or of all. */
export function helpOf(commands: Command[], verb?: string): string {
  let text = '';
  const write = (part: string): void => void (text += part);
  const program = buildProgram(commands, async () => undefined, { writeOut: write, writeErr: write });
  const shown = verb === undefined ? program : program.commands.find((one) => one.name() === verb);
  shown?.outputHelp();
  return `${text.trimEnd()}\n`;
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\`\`\`\n`;
}
