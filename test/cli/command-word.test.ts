import { asStarted, commandWordOf } from '../../src/cli/command-word';
import { createOutput } from '../../src/cli/output';

describe('the word with which hints begin', () => {
  const main = '/home/ada/gameday/dist/src/cli/main.js';
  const cached = '/home/ada/.npm/_npx/5eec/node_modules/.bin/gameday';
  const installed = '/home/ada/shop/node_modules/.bin/gameday';

  test.each([
    ['/usr/local/bin/gameday', '/tmp/x', 'gameday'],
    [cached, '/home/ada/gameday', 'npx gameday'],
    [cached, '/home/ada/gameday/docs', 'npx gameday'],
    [cached, '/home/ada/gameday-2', `node ${main}`],
    [cached, '/tmp/x', `node ${main}`],
    [installed, '/home/ada/shop/deploy', 'npx gameday'],
    [installed, '/tmp/x', `node ${main}`],
    [main, '/home/ada/gameday', 'npx gameday'],
    [main, '/tmp/x', `node ${main}`],
    [undefined, '/tmp/x', `node ${main}`],
  ])('for the script %s in %s is %s', (script, folder, word) => {
    expect(commandWordOf({ script, main, folder })).toBe(word);
  });

  test('names a file whose path has spaces so that a shell takes it as one', () => {
    const place = { script: undefined, main: '/home/ada/my gameday/dist/src/cli/main.js', folder: '/tmp/x' };
    expect(commandWordOf(place)).toBe('node "/home/ada/my gameday/dist/src/cli/main.js"');
  });

  test('stands before every command in a text and nowhere else', () => {
    const text =
      'Nothing runs. Start "gameday up" in gameday or: cd gameday && gameday run x; npx gameday list; gameday.yaml';

    expect(asStarted(text, 'npx gameday')).toBe(
      'Nothing runs. Start "npx gameday up" in gameday or: cd gameday && npx gameday run x; npx gameday list; gameday.yaml',
    );
    expect(asStarted(text, 'gameday')).toBe(text);
  });

  test('changes results and notes, never a document or JSON', () => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) };
    const output = createOutput(stream, stream, { mayColor: false, commandWord: 'npx gameday' });

    output.result('gameday status');
    output.note('See "gameday doctor".');
    output.document('<code>gameday judge e-1</code>');
    output.json('gameday status');

    expect(written).toEqual([
      'npx gameday status\n',
      'See "npx gameday doctor".\n',
      '<code>gameday judge e-1</code>\n',
      '"gameday status"\n',
    ]);
  });
});
