import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One fenced block of the tutorial: its language, the file that it is the whole text of, its text and its line. */
export interface TutorialBlock {
  language: string;
  file: string | undefined;
  text: string;
  line: number;
}

const page = join(resolve(__dirname, '..', '..'), 'CONTRIBUTING.md');
const title = '## Your first fault driver in thirty minutes';

/** The blocks of the tutorial in CONTRIBUTING.md, in the order in which a reader meets them. */
export function tutorialBlocks(): TutorialBlock[] {
  const whole = readFileSync(page, 'utf8');
  const begin = whole.indexOf(title);
  const end = whole.indexOf('\n## ', begin + title.length);
  if (begin < 0) throw new Error(`CONTRIBUTING.md has no section "${title}"`);
  const text = whole.slice(0, end < 0 ? undefined : end);
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)]
    .filter((match) => match.index > begin)
    .map((match) => ({
      language: match[1] ?? '',
      file: match[2],
      text: match[3] ?? '',
      line: text.slice(0, match.index).split('\n').length,
    }));
}
