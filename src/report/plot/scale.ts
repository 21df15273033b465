/** The range of an axis with the values at which it is labelled. */
export interface Scale {
  min: number;
  max: number;
  ticks: number[];
}

/** A range that covers all values with round labels: steps of 1, 2 or 5 times a power of ten. */
export function scaleOf(values: number[], count = 4): Scale {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return { min: 0, max: 1, ticks: [0, 1] };
  const low = known.reduce((least, value) => Math.min(least, value));
  const high = known.reduce((most, value) => Math.max(most, value));
  const rough = roundStep((high - low || Math.abs(high) * 0.1 || 1) / count);
  // Half a lost order is nothing that anybody counts.
  const step = known.every(Number.isInteger) ? Math.max(1, rough) : rough;
  const min = Math.floor(low / step) * step;
  const max = Math.ceil(high / step) * step;
  return { min, max: max === min ? min + step : max, ticks: ticksBetween(min, max === min ? min + step : max, step) };
}

/** Instants at round distances from the start of the experiment, in ms since then. */
export function timeTicks(fromMs: number, toMs: number, count = 8): number[] {
  const step = steps.find((seconds) => (toMs - fromMs) / (seconds * 1_000) <= count) ?? 86_400;
  return ticksBetween(fromMs, toMs, step * 1_000);
}

const steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200];

function ticksBetween(min: number, max: number, step: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_unused, index) => clean((first + index) * step));
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Removes what binary fractions leave behind, such as 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
