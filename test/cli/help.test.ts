import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCommands, verbs } from '../../src/cli/commands';
import { helpOf, renderDocs } from '../../src/cli/render-docs';
import { fakeWorld } from './fake-world';

const golden = join(__dirname, 'help');
const commandFiles = join(__dirname, '../../src/cli/commands');

// UPDATE_GOLDEN=1 writes what is missing or changed; the difference is for the reviewer.
function expectGolden(file: string, text: string): void {
  if (process.env['UPDATE_GOLDEN']) {
    mkdirSync(golden, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file) ? readFileSync(file, 'utf8') : 'missing').toBe(text);
}

describe('help', () => {
  test('every file of the folder is one verb of the list, under its own name', async () => {
    const files = readdirSync(commandFiles).map((name) => name.replace(/\.ts$/, ''));
    const commands = await loadCommands();

    expect(files.filter((name) => name !== 'index').sort()).toEqual(Object.keys(verbs).sort());
    expect(commands.map(({ name }) => name)).toEqual(Object.keys(verbs));
  });

  test.each(Object.keys(verbs))('of %s shows what it is for, its words and flags, and examples', async (verb) => {
    const command = (await loadCommands()).find(({ name }) => name === verb);
    const text = helpOf(command ? [command] : [], verb);

    expect(text).toContain('Examples:');
    for (const example of command?.examples ?? []) expect(example).toMatch(new RegExp(`^gameday ${verb}\\b`));
    expectGolden(join(golden, `${verb}.txt`), text);
  });

  test('of everything lists every verb', async () => {
    expectGolden(join(golden, 'gameday.txt'), helpOf(await loadCommands()));
  });

  test('docs/cli.md is what the commands generate', async () => {
    expectGolden(join(__dirname, '../../docs/cli.md'), renderDocs(await loadCommands()));
  });

  test.each([['--help'], ['help'], []])('is printed on stdout for %j', async (...words) => {
    const world = await fakeWorld();

    expect(await world.run(...words)).toBe(0);
    expect(`${world.stdout.join('\n')}\n`).toBe(helpOf(await loadCommands()));
    expect(world.stderr).toEqual([]);
  });

  test.each([
    ['run', '--help'],
    ['help', 'run'],
  ])('of a verb is printed for %s %s', async (...words) => {
    const world = await fakeWorld();

    expect(await world.run(...words)).toBe(0);
    expect(world.stdout.join('\n')).toContain('Usage: gameday run');
  });

  test('the version is printed', async () => {
    const world = await fakeWorld();

    expect(await world.run('--version')).toBe(0);
    expect(world.stdout).toEqual(['0.0.0']);
  });
});

describe('a slip on the command line', () => {
  test.each([
    [['rnu', 'x.yaml'], 'Did you mean run?'],
    [['run', 'x.yaml', '--jsno'], 'Did you mean --json?'],
    [['halt'], "missing required argument 'environment'"],
    [['resume', 'demo'], "required option '--reason <text>' not specified"],
    [['report', 'x', '--format', 'pdf'], 'Allowed choices are html, json'],
    [['list', '--limit', 'many'], 'expects a whole number from 1 to 1000, found "many"'],
    [['abort', 'one', 'two'], 'too many arguments'],
    [['token', 'make', 'ada'], 'expected add, list or remove, found "make"'],
  ])('%j exits 2, says what would help and shows no stack', async (words, said) => {
    const world = await fakeWorld({ url: 'http://127.0.0.1:1', token: 'x' });

    expect(await world.run(...words)).toBe(2);
    expect(world.stderr.join('\n')).toContain(said);
    expect(world.stderr.join('\n')).not.toMatch(/\n\s+at /);
    expect(world.stdout).toEqual([]);
  });
});
