import { verbs } from './commands';

/**
 * The words with which a person starts this program, from the script that Node was given: `gameday` where a link of
 * that name is on the PATH, `npx gameday` where npm found it or the script was named itself.
 */
export function commandWordOf(script: string | undefined): string {
  const isLinked = /[\\/]gameday$/.test(script ?? '') && !/[\\/]node_modules[\\/]\.bin[\\/]/.test(script ?? '');
  return isLinked ? 'gameday' : 'npx gameday';
}

const written = new RegExp(
  `(?<=^|[\\s"(\`])(?<!npx )gameday (?=(?:${Object.keys(verbs).join('|')}|VERB|--help)\\b)`,
  'gm',
);

/** A text for people whose commands begin as the reader's own do, whoever wrote it: this program or the server. */
export function asStarted(text: string, commandWord: string): string {
  return text.replace(written, () => `${commandWord} `);
}
