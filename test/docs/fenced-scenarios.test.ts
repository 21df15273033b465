import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { catalogue } from '../../activities/catalogue';
import { loadEnvironments } from '../../src/environments/load-environments';
import { formatProblem } from '../../src/scenario/problem';
import { parseEnvironment } from '../../src/scenario/environment';
import { planScenario } from '../../src/scenario/parse-scenario';

const root = resolve(__dirname, '..', '..');
const { environments } = loadEnvironments(join(root, 'environments'), catalogue);

/** Every Markdown page of the project that people read. */
function pages(): string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const others = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'sdk/README.md', 'examples/shop/README.md'];
  return [...others, ...docs.filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
}

/** The fenced YAML of a page with the line of its fence. */
function fences(page: string): { line: number; text: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    text: match[1] ?? '',
  }));
}

const found = pages().flatMap((page) => fences(page).map((fence) => ({ ...fence, place: `${page}:${fence.line}` })));
const scenarios = found.filter(({ text }) => text.startsWith('kind: experiment'));
const environmentFiles = found.filter(({ text }) => text.startsWith('kind: environment'));

test('the README explains a whole scenario', () => {
  expect(scenarios.map(({ place }) => place.split(':')[0])).toContain('README.md');
});

test('the scenario that the README explains is the shipped one', () => {
  const shipped = readFileSync(join(root, 'scenarios', 'checkout-survives-payment-errors.yaml'), 'utf8');
  const explained = scenarios.find(({ place }) => place.startsWith('README.md'));
  expect(parse(explained?.text ?? '')).toEqual(parse(shipped));
});

test.each(scenarios)('the scenario at $place can be planned as it stands there', ({ text, place }) => {
  const planned = planScenario(text, place, { catalogue, environments });
  expect(planned.isValid ? [] : planned.problems.map(formatProblem)).toEqual([]);
});

test('every fenced environment is valid', () => {
  const problems = environmentFiles.flatMap(({ text, place }) => {
    const parsed = parseEnvironment(text, place, catalogue);
    return parsed.isValid ? [] : parsed.problems.map(formatProblem);
  });
  expect(problems).toEqual([]);
});
