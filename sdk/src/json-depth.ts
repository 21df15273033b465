/** Whether JSON is nested at most `depthMax` deep, so that nothing that walks it later can overflow. */
export function depthWithin(value: unknown, depthMax: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depthMax === 0) return false;
  return Object.values(value).every((inner) => depthWithin(inner, depthMax - 1));
}
