import { CliError } from '../cli-error';
import { jsonOption, type Command } from '../command';
import type { CommandInput } from '../command-input';
import { table } from '../text/table';
import type { World } from '../world';

/** Manages who may use the API. */
export const command: Command = {
  name: 'token',
  summary: 'give a person a token, take it away, or list who has one',
  arguments: [
    { name: 'action', description: 'add, list or remove' },
    { name: 'name', description: 'the person', isOptional: true },
  ],
  options: [
    { flags: '--group <group>', description: 'a group of the person, for approvals', isRepeatable: true },
    jsonOption,
  ],
  details:
    'A token is shown once and kept as a hash; whoever holds it is that person. A running API knows of a change at once.',
  examples: ['gameday token add ada --group sre --group payments', 'gameday token list', 'gameday token remove ada'],
  async run(world, input) {
    const action = input.argument('action');
    if (action === 'list') return list(world, input);
    if (action === 'add') return add(world, input, nameFor(input));
    if (action === 'remove') return remove(world, input, nameFor(input));
    const why = `expected add, list or remove, found ${JSON.stringify(action)}`;
    throw new CliError('Could not manage tokens', why, 'See "gameday token --help".');
  },
};

function nameFor(input: CommandInput): string {
  const name = input.optionalArgument('name');
  if (name !== undefined) return name;
  throw new CliError(
    'Could not manage tokens',
    'no person is named',
    `Name one: gameday token ${input.argument('action')} NAME.`,
  );
}

async function add({ output, settings, now }: World, input: CommandInput, name: string): Promise<number> {
  const { addToken } = await import('../../people/manage-tokens.js');
  const person = { name, groups: input.texts('group') };
  const token = await addToken(settings.peopleFile, person, new Date(now())).catch(asCliError);
  if (input.has('json')) output.json({ ...person, token });
  else output.result(token);
  output.note(`This is the only time that the token of ${name} is shown. Hand it over as GAMEDAY_TOKEN.`);
  return 0;
}

async function remove({ output, settings }: World, input: CommandInput, name: string): Promise<number> {
  const { removeToken } = await import('../../people/manage-tokens.js');
  const isRemoved = await removeToken(settings.peopleFile, name).catch(asCliError);
  if (!isRemoved)
    throw new CliError(`Could not remove the token of ${name}`, 'there is none', '"gameday token list" shows all.');
  if (input.has('json')) output.json({ name, isRemoved });
  else output.result(`The token of ${name} is worthless now.`);
  return 0;
}

async function list({ output, settings }: World, input: CommandInput): Promise<number> {
  const { readTokenOwners } = await import('../../people/people-file.js');
  const people = readTokenOwners(settings.peopleFile).map(({ name, groups, addedAt }) => ({ name, groups, addedAt }));
  const rows = people.map(({ name, groups, addedAt }) => [name, groups.join(', '), addedAt]);
  if (input.has('json')) output.json({ people });
  else
    output.result(
      rows.length === 0 ? 'Nobody has a token yet. "gameday token add NAME --group G" makes one.' : table(rows),
    );
  return 0;
}

function asCliError(error: unknown): never {
  const [attempt, ...rest] = (error instanceof Error ? error.message : String(error)).split(': ');
  throw new CliError(attempt ?? 'Could not manage tokens', rest.join(': '), '');
}
