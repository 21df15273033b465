import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { catalogue } from '../../activities/catalogue';
import { loadCommand } from '../../src/cli/commands';
import { variableNames } from '../../src/config';
import { loadEnvironments } from '../../src/environments/load-environments';
import { formatProblem } from '../../src/scenario/problem';
import { isVerb, readCompose, root } from './compose-file';

const { services, volumes } = readCompose();
const all = Object.entries(services).map(([name, service]) => ({ name, service }));
const verbs = all.filter(({ service }) => isVerb(service));
const environmentsDirectory = join(root, 'deploy', 'compose', 'environments');

test('the whole installation is there', () => {
  const expected = ['alertmanager', 'postgres', 'prometheus', 'redis', 'sentinel', 'server', 'shop'];
  expect(Object.keys(services).sort()).toEqual([...expected, 'temporal', 'toxiproxy', 'worker']);
  expect(verbs.map(({ name }) => name).sort()).toEqual(['sentinel', 'server', 'worker']);
});

test.each(all)('the image of $name is pinned to one version', ({ service }) => {
  const [, tag = ''] = /:([\w.-]+)$/.exec(service.image) ?? [];
  expect(tag).toMatch(/^v?\d+\.\d+/);
});

test('our own image carries the version of the package', () => {
  const { version } = parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  for (const { service } of all.filter((one) => one.service.build !== undefined))
    expect(service.image).toBe(`gameday:${version}`);
});

test.each(verbs)('the command of $name is a verb with flags that it knows', async ({ service }) => {
  const [verb = '', ...args] = service.command;
  const command = await loadCommand(verb);
  const known = command?.options?.map(({ flags }) => flags.split(' ')[0]) ?? [];
  expect(command?.name).toBe(verb);
  for (const flag of args.filter((arg) => arg.startsWith('--'))) expect(known).toContain(flag);
});

test.each(verbs)('every variable of $name is one that the configuration reads', ({ service }) => {
  for (const name of Object.keys(service.environment)) expect(variableNames).toContain(name);
});

test('every variable of the shop is one that the shop reads', () => {
  const folder = join(root, 'examples', 'shop', 'src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const text = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const names = Object.keys(services['shop']?.environment ?? {});
  expect(names.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});

test.each(all)('what $name mounts is there, and its volumes are declared', ({ service }) => {
  for (const [source = ''] of service.volumes.map((volume) => volume.split(':')))
    if (source.startsWith('./')) expect([source, existsSync(join(root, source))]).toEqual([source, true]);
    else expect(Object.keys(volumes)).toContain(source);
});

test.each(all)('what $name waits for is a service', ({ service }) => {
  const awaited = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on);
  for (const name of awaited) expect(Object.keys(services)).toContain(name);
});

test('the environments of the installation are valid and name its services alone', () => {
  const { environments, problems } = loadEnvironments(environmentsDirectory, catalogue);
  expect(problems.map(formatProblem)).toEqual([]);
  expect(environments.length).toBeGreaterThan(0);
  const texts = readdirSync(environmentsDirectory).map((name) =>
    readFileSync(join(environmentsDirectory, name), 'utf8'),
  );
  const hosts = texts.flatMap((text) => [...text.matchAll(/https?:\/\/([\w-]+):\d+/g)].map((match) => match[1]));
  expect(Object.keys(services)).toEqual(expect.arrayContaining(hosts));
});

test('every setting that the file asks for stands in the example', () => {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const asked = [...text.matchAll(/\$\{(\w+)/g)].map((match) => match[1] ?? '');
  const example = readFileSync(join(root, 'deploy', 'compose', 'example.env'), 'utf8');
  for (const name of asked) expect(example).toContain(`\n${name}=`);
});
