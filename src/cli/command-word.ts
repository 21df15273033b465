import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { verbs } from './commands';

/** Where this program was started from, and for which folder a command is written. */
export interface Started {
  /** The script that Node was given: a link on the PATH, npm's own, or `main`. */
  script: string | undefined;
  /** The file of this program, links followed. */
  main: string;
  folder: string;
}

/**
 * The words with which a person starts this program in a folder: `gameday` where a link of that name is on the PATH,
 * `npx gameday` inside a project that npm finds it in, and everywhere else the very file, because npm would look for a
 * package of that name in its registry.
 */
export function commandWordOf({ script, main, folder }: Started): string {
  const [, project] = /^(.*)[\\/]node_modules[\\/]\.bin[\\/]gameday$/.exec(script ?? '') ?? [];
  if (project === undefined && /[\\/]gameday$/.test(script ?? '')) return 'gameday';
  // dist/src/cli → the package's own folder.
  const homes = [resolve(dirname(main), '..', '..', '..'), ...(project === undefined ? [] : [project])];
  if (homes.some((home) => isWithin(home, folder))) return 'npx gameday';
  return `node ${/\s/.test(main) ? `"${main}"` : main}`;
}

function isWithin(home: string, folder: string): boolean {
  const path = relative(home, folder);
  return !isAbsolute(path) && path.split(sep)[0] !== '..';
}

const written = new RegExp(
  `(?<=^|[\\s"(\`])(?<!npx )gameday (?=(?:${Object.keys(verbs).join('|')}|VERB|--help)\\b)`,
  'gm',
);

/** A text for people whose commands begin as the reader's own do, whoever wrote it: this program or the server. */
export function asStarted(text: string, commandWord: string): string {
  return text.replace(written, () => `${commandWord} `);
}
