import { LineCounter } from 'yaml';
import type { Position } from './source-document';

/** From offsets in a text to lines and columns, both from 1. */
export class TextPosition {
  private readonly lines = new LineCounter();

  constructor(private readonly text: string) {
    this.lines.addNewLine(0);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.lines.addNewLine(at + 1);
  }

  /** The place of an offset; one behind the end is the end. */
  at(offset: number): Position {
    const { line, col } = this.lines.linePos(Math.max(0, Math.min(offset, this.text.length)));
    return { line, column: col };
  }
}
