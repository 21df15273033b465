/** How a reading is compared. */
export type Operator = '>=' | '<=' | '>' | '<' | '==' | '!=';

/** The range a reading must lie in; with `relativeTo`, the bound is `value` times the signal's baseline. */
export interface Tolerance {
  operator: Operator;
  value: number | string;
  relativeTo?: 'baseline';
  /** As a person wrote it, for reports. */
  text: string;
}

/** The bound in the signal's own unit, or undefined when it is relative and no numeric baseline is known. */
export function boundOf(tolerance: Tolerance, baseline: number | string | undefined): number | string | undefined {
  if (tolerance.relativeTo === undefined) return tolerance.value;
  if (typeof tolerance.value !== 'number' || typeof baseline !== 'number') return undefined;
  return tolerance.value * baseline;
}

/** Whether a value lies within; undefined when the bound is unknown or the two cannot be compared. */
export function isWithin(
  tolerance: Tolerance,
  value: number | string,
  baseline?: number | string,
): boolean | undefined {
  const bound = boundOf(tolerance, baseline);
  if (bound === undefined) return undefined;
  if (tolerance.operator === '==') return value === bound;
  if (tolerance.operator === '!=') return value !== bound;
  if (typeof value !== 'number' || typeof bound !== 'number') return undefined;
  return compare(tolerance.operator, value, bound);
}

function compare(operator: '>=' | '<=' | '>' | '<', value: number, bound: number): boolean {
  switch (operator) {
    case '>=':
      return value >= bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '<':
      return value < bound;
  }
}
