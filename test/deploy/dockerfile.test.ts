import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './compose-file';

interface Instruction {
  name: string;
  text: string;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  bin: { gameday: string };
};
const instructions = readInstructions(readFileSync(join(root, 'Dockerfile'), 'utf8'));

/** The instructions with their continued lines joined; comments are left out. */
function readInstructions(text: string): Instruction[] {
  const joined = text.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  return joined.split('\n').flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    return name === undefined || rest === undefined ? [] : [{ name, text: rest }];
  });
}

const textsOf = (name: string): string[] => instructions.filter((one) => one.name === name).map((one) => one.text);

test('every base image is pinned to one version of a Node that the package allows', () => {
  const images = textsOf('FROM').map((text) => text.split(' ')[0] ?? '');
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) expect(image).toMatch(/^node:20\.(19|[2-9]\d)\.\d+-/);
});

test('what is copied from the project is there', () => {
  const copies = textsOf('COPY').filter((text) => !text.startsWith('--from'));
  const sources = copies.flatMap((text) => text.split(' ').slice(0, -1));
  for (const source of sources) expect([source, existsSync(join(root, source))]).toEqual([source, true]);
});

test('the build reads every folder that the sources lie in', () => {
  const copied = textsOf('COPY').flatMap((text) => text.split(' ').slice(0, -1));
  expect(copied).toEqual(expect.arrayContaining(['activities', 'workflows', 'src', 'sdk', 'examples/shop', 'scripts']));
});

test('no script of a package runs while packages are installed, and every npm script that is called exists', () => {
  const commands = textsOf('RUN').join(' ');
  for (const [, script = ''] of commands.matchAll(/npm run ([\w:-]+)/g))
    expect(manifest.scripts).toHaveProperty(script);
  for (const [command] of commands.matchAll(/npm (ci|install|prune)[^&]*/g))
    expect(command).toContain('--ignore-scripts');
});

test('the image starts the command line, and not as root', () => {
  expect(textsOf('USER').at(-1)).toBe('node');
  const entry = JSON.parse(textsOf('ENTRYPOINT').at(-1) ?? '[]') as string[];
  expect(entry).toEqual(['node', `/opt/gameday/${manifest.bin.gameday}`]);
});

test('nothing that is built here or private to this folder reaches the image', () => {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.git', '.gameday', '**/node_modules', '**/dist']));
});
