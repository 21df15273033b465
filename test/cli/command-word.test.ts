import { asStarted, commandWordOf } from '../../src/cli/command-word';
import { createOutput } from '../../src/cli/output';

describe('the word with which hints begin', () => {
  test.each([
    ['/usr/local/bin/gameday', 'gameday'],
    ['/home/ada/shop/node_modules/.bin/gameday', 'npx gameday'],
    ['/home/ada/gameday/dist/src/cli/main.js', 'npx gameday'],
    [undefined, 'npx gameday'],
  ])('for the script %s is %s', (script, word) => {
    expect(commandWordOf(script)).toBe(word);
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
