/** Reads one field of a value that came from outside; `undefined` when the value is no object or lacks it. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Reads an order id: a text of 1 to 200 characters; `undefined` for anything else. */
export function orderIdIn(value: unknown): string | undefined {
  const id = field(value, 'orderId');
  return typeof id === 'string' && id.length >= 1 && id.length <= 200 ? id : undefined;
}
