import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { variableNames } from '../../src/config';

test('the page of all environment variables lists each that is read, once, and no other', () => {
  const page = readFileSync(join(resolve(__dirname, '..', '..'), 'docs', 'configuration.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual([...variableNames].sort());
});
