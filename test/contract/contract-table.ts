import { contractLines } from './contract-lines';
import type { LineResult } from './run-line';

const signs = { kept: 'yes', broken: 'NO', 'not asked': '-' };

/** Drivers across, lines down; each cell says whether the line is kept and in how many milliseconds. */
export function contractTable(results: Map<string, LineResult[]>): string {
  const kinds = [...results.keys()];
  const rowOf = (first: string, cells: string[]) =>
    [first.padEnd(lineWidth), ...cells.map((cell, index) => cell.padStart(widthOf(kinds[index] ?? '')))].join(' | ');
  const rows = contractLines.map(({ line }) =>
    rowOf(
      line,
      kinds.map((kind) => cell(results.get(kind)?.find((one) => one.line === line))),
    ),
  );
  const head = [0, 1].map((half) =>
    rowOf(
      '',
      kinds.map((kind) => halves(kind)[half] ?? ''),
    ),
  );
  return [...head, '-'.repeat(head[0]?.length ?? 0), ...rows, ''].join('\n');
}

const lineWidth = Math.max(...contractLines.map(({ line }) => line.length));

/** System above harm, so that many drivers fit beside each other. */
function halves(kind: string): [system: string, harm: string] {
  const at = kind.indexOf('/') + 1;
  return [kind.slice(0, at), kind.slice(at)];
}

function widthOf(kind: string): number {
  return Math.max('yes 1000 ms'.length, ...halves(kind).map((half) => half.length));
}

function cell(result: LineResult | undefined): string {
  if (result === undefined) return 'not run';
  if (result.outcome === 'not asked') return signs['not asked'];
  return `${signs[result.outcome]} ${Math.round(result.tookMs)} ms`;
}
