import { Refusal } from './refusal';

/** The range a number must lie in; `bound` is the name that a refusal gives to the upper end. */
export interface NumberRange {
  min: number;
  max: number;
  bound?: string;
  isWhole?: boolean;
}

/** The fields of one JSON object, read one by one; every wrong one is a Refusal with status 422 that shows its value. */
export class Fields {
  readonly #values: Map<string, unknown>;

  constructor(
    value: unknown,
    readonly path: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.#wrong('', 'an object', value);
    this.#values = new Map(Object.entries(value));
  }

  /** Refuses any key that is not known here, because a key nobody acts on would be a false promise. */
  allowOnly(known: readonly string[]): void {
    for (const key of this.#values.keys()) {
      if (!known.includes(key))
        throw new Refusal(422, `unknown key ${show(this.#name(key))}; known: ${known.join(', ')}`);
    }
  }

  /** Whether the key is there at all. */
  has(key: string): boolean {
    return this.#values.get(key) !== undefined;
  }

  /** The value as it came. */
  raw(key: string): unknown {
    return this.#values.get(key);
  }

  /** A finite number within the range. */
  number(key: string, range: NumberRange): number {
    const value = this.#values.get(key);
    const isNumber = typeof value === 'number' && Number.isFinite(value);
    if (!isNumber || (range.isWhole === true && !Number.isInteger(value)))
      throw this.#wrong(key, expected(range), value);
    if (value < range.min || value > range.max) throw this.#wrong(key, expected(range), value);
    return value;
  }

  /** A string of 1 to `lengthMax` characters. */
  text(key: string, lengthMax: number): string {
    const value = this.#values.get(key);
    const isText = typeof value === 'string' && value.length > 0 && value.length <= lengthMax;
    if (!isText) throw this.#wrong(key, `a string of 1 to ${lengthMax} characters`, value);
    return value;
  }

  /** true or false. */
  flag(key: string): boolean {
    const value = this.#values.get(key);
    if (typeof value !== 'boolean') throw this.#wrong(key, 'true or false', value);
    return value;
  }

  /** One of the given words. */
  word<Word extends string>(key: string, words: readonly Word[]): Word {
    const value = this.#values.get(key);
    const found = words.find((word) => word === value);
    if (found === undefined) throw this.#wrong(key, `one of ${words.join(', ')}`, value);
    return found;
  }

  /** The names and values in their order. */
  entries(): [string, unknown][] {
    return [...this.#values];
  }

  #name(key: string): string {
    return [this.path, key].filter((part) => part !== '').join('.');
  }

  #wrong(key: string, wanted: string, value: unknown): Refusal {
    return new Refusal(422, `${this.#name(key) || 'the body'} must be ${wanted}, found ${show(value)}`);
  }
}

function expected({ min, max, bound, isWhole }: NumberRange): string {
  const upper = bound === undefined ? `${max}` : `${max} (${bound})`;
  return `a ${isWhole === true ? 'whole ' : ''}number from ${min} to ${upper}`;
}

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
