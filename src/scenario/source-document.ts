import type { Json } from '../domain/json';
import { formatPath, type Finding, type Path } from './finding';
import type { Problem } from './problem';

/** A place in a file, counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Plain data as a file holds it, and where in the file each part of it stands. */
export class SourceDocument {
  private readonly keys = new Map<string, Position>();
  private readonly values = new Map<string, Position>();

  constructor(
    readonly file: string,
    readonly tree: Json,
    places: { path: Path; key?: Position; value: Position }[],
  ) {
    for (const place of places) {
      const name = JSON.stringify(place.path);
      this.values.set(name, place.value);
      if (place.key) this.keys.set(name, place.key);
    }
  }

  /** The finding at its line and column; what is missing is placed at what should hold it. */
  problem(finding: Finding): Problem {
    const { line, column } = this.positionOf(finding);
    const where = formatPath(finding.path);
    const message = where === '' ? finding.message : `${where}: ${finding.message}`;
    return { file: this.file, line, column, message, ...(finding.hint === undefined ? {} : { hint: finding.hint }) };
  }

  /** Whether the file says anything at this path. */
  has(path: Path): boolean {
    return this.values.has(JSON.stringify(path));
  }

  private positionOf(finding: Finding): Position {
    const name = JSON.stringify(finding.path);
    const exact = finding.isAboutKey ? (this.keys.get(name) ?? this.values.get(name)) : this.values.get(name);
    return exact ?? this.nearestHolder(finding.path);
  }

  private nearestHolder(path: Path): Position {
    for (let length = path.length - 1; length >= 0; length--) {
      const name = JSON.stringify(path.slice(0, length));
      const position = this.keys.get(name) ?? this.values.get(name);
      if (position) return position;
    }
    return { line: 1, column: 1 };
  }
}
