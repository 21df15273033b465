const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Draws values as bars between their least and greatest, the newest last; a dot for what is not known. */
export function sparkline(values: (number | undefined)[], width: number): string {
  const shown = values.slice(-Math.max(0, width));
  const known = shown.filter((value) => value !== undefined);
  const [least, greatest] = [Math.min(...known), Math.max(...known)];
  return shown.map((value) => (value === undefined ? '·' : barOf(value, least, greatest))).join('');
}

function barOf(value: number, least: number, greatest: number): string {
  if (greatest === least) return bars[3];
  const index = Math.round(((value - least) / (greatest - least)) * (bars.length - 1));
  return bars[index] ?? bars[0];
}
