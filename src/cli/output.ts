import { createColors } from 'picocolors';
import { asStarted } from './command-word';

/** The colours of one stream; none in a pipe or with NO_COLOR. */
export type Paint = ReturnType<typeof createColors>;

/** Where a command says things: results on stdout, everything on the way there on stderr. */
export interface Output {
  /** A line, or several, of the result. */
  result(text: string): void;
  /** A whole document as it is, such as a report. */
  document(text: string): void;
  /** The one document of `--json`. */
  json(value: unknown): void;
  /** A line about what is going on. */
  note(text: string): void;
  /** The lines at the bottom of a terminal that are drawn again and again; undefined where stderr is no terminal. */
  live?: LiveLines;
  paint: Paint;
  /** Colours for notes. */
  notePaint: Paint;
}

/** Some lines that replace themselves. */
interface LiveLines {
  columns(): number;
  draw(lines: string[]): void;
}

/** The part of a stream that output needs. */
export interface OutputStream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** What a process prints with. */
export interface OutputOptions {
  mayColor: boolean;
  /** How the commands in hints begin; default `gameday`. */
  commandWord?: string;
}

/** Makes the output of a process. */
export function createOutput(
  stdout: OutputStream,
  stderr: OutputStream,
  { mayColor, commandWord = 'gameday' }: OutputOptions,
): Output {
  const lines = liveLinesOn(stderr);
  return {
    result: (text) => void stdout.write(`${asStarted(text, commandWord)}\n`),
    document: (text) => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => lines.above(`${asStarted(text, commandWord)}\n`),
    ...(stderr.isTTY === true ? { live: lines } : {}),
    paint: createColors(mayColor && stdout.isTTY === true),
    notePaint: createColors(mayColor && stderr.isTTY === true),
  };
}

// ECMA-48: up n lines (CUU), to the first column, erase to the end of the screen (ED).
const eraseLines = (count: number): string => (count === 0 ? '' : `\u001b[${count}A\r\u001b[J`);

function liveLinesOn(stream: OutputStream): LiveLines & { above(text: string): void } {
  let drawn: string[] = [];
  const write = (above: string, lines: string[]): void => {
    stream.write(`${eraseLines(drawn.length)}${above}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines;
  };
  return {
    columns: () => stream.columns ?? 80,
    draw: (lines) => write('', lines),
    above: (text) => write(text, drawn),
  };
}
