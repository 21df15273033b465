/** Reads one setting that a service cannot do without; throws when it is missing. */
export function requiredSetting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`Reading ${name}: it is not set. The shop sets it when it starts this service (node dist/main.js).`);
}

/** Reads a setting that may be left out. */
export function optionalSetting(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** The name under which this machine is reached, by default by nobody else. */
export function host(): string {
  return optionalSetting('SHOP_HOST') ?? '127.0.0.1';
}

/** Reads an on/off setting; throws on any other word, so that a typing error never passes for a variant. */
export function switchSetting(name: string, fallback: 'on' | 'off'): boolean {
  const value = process.env[name] || fallback;
  if (value === 'on' || value === 'off') return value === 'on';
  throw new Error(`Reading ${name}: expected "on" or "off", found "${value}".`);
}

/** Reads a whole number that is at least `min`, or `undefined` when the setting is absent; throws on anything else. */
export function numberSetting(name: string, min: number): number | undefined {
  const text = process.env[name];
  if (!text) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new Error(`Reading ${name}: expected a whole number of at least ${min}, found "${text}".`);
}
