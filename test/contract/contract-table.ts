import { contractLines } from './contract-lines';
import type { LineResult } from './run-line';

const signs = { kept: 'yes', broken: 'NO', 'not asked': '-' };

/** Drivers across, lines down; each cell says whether the line is kept and in how many milliseconds. */
export function contractTable(results: Map<string, LineResult[]>): string {
  const kinds = [...results.keys()];
  const width = Math.max(...contractLines.map(({ line }) => line.length));
  const rows = contractLines.map(({ line }) =>
    [
      line.padEnd(width),
      ...kinds.map((kind) => cell(results.get(kind)?.find((one) => one.line === line)).padStart(kindWidth)),
    ].join(' | '),
  );
  const head = [''.padEnd(width), ...kinds.map((kind) => kind.padStart(kindWidth))].join(' | ');
  return [head, '-'.repeat(head.length), ...rows, ''].join('\n');
}

const kindWidth = 14;

function cell(result: LineResult | undefined): string {
  if (result === undefined) return 'not run';
  if (result.outcome === 'not asked') return signs['not asked'];
  return `${signs[result.outcome]} ${Math.round(result.tookMs)} ms`;
}
