import { formatProblem } from '../../scenario/problem';
import { usageExitCode } from '../cli-error';
import { jsonOption, type Command } from '../command';
import { readVariables, variableOptions } from '../read-scenario';

/** Checks scenario and environment files without running anything. */
export const command: Command = {
  name: 'validate',
  summary: 'check scenario and environment files and show every problem at once',
  arguments: [{ name: 'file', description: 'scenarios and environment files', isList: true }],
  options: [...variableOptions, jsonOption],
  details:
    'Each problem is one line: file:line:column, what was expected, what was found, the nearest known word. Nothing has to run for it. ' +
    'An environment file given here counts in the place of the one of its name in the environments folder.',
  examples: [
    'gameday validate scenarios/noop.yaml environments/demo.yaml',
    'gameday validate scenario.yaml --var percent=20',
  ],
  async run(world, input) {
    const files = input.argumentList('file');
    const problems = await world.offline.validate(files, await readVariables(input));
    if (input.has('json')) world.output.json({ files, problems });
    else if (problems.length > 0) world.output.result(problems.map(formatProblem).join('\n'));
    else world.output.result(`${files.length === 1 ? '1 file is' : `${files.length} files are`} valid.`);
    return problems.length > 0 ? usageExitCode : 0;
  },
};
