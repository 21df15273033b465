import { CliError } from './cli-error';

/** What a person wrote after a verb, parsed; asking for a name that the command does not declare is our mistake. */
export class CommandInput {
  constructor(
    private readonly words: Readonly<Record<string, unknown>>,
    private readonly flags: Readonly<Record<string, unknown>>,
  ) {}

  /** A required word. */
  argument(name: string): string {
    const value = this.words[name];
    if (typeof value === 'string') return value;
    throw new Error(`The command has no word called ${name}.`);
  }

  /** An optional word. */
  optionalArgument(name: string): string | undefined {
    const value = this.words[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** The words of a list. */
  argumentList(name: string): string[] {
    return textsOf(this.words[name]);
  }

  /** Whether a flag without a value was given. */
  has(name: string): boolean {
    return this.flags[name] === true;
  }

  /** The value of a flag. */
  text(name: string): string | undefined {
    const value = this.flags[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** The value of a required flag. */
  requiredText(name: string): string {
    const value = this.text(name);
    if (value !== undefined) return value;
    throw new Error(`The command has no required flag called ${name}.`);
  }

  /** Every value of a flag that may be repeated. */
  texts(name: string): string[] {
    return textsOf(this.flags[name]);
  }

  /** A flag that is a whole number in a range. Errors: says what was expected and found. */
  count(name: string, { min, max }: { min: number; max: number }): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const count = Number(value);
    if (/^\d+$/.test(value) && count >= min && count <= max) return count;
    const why = `it expects a whole number from ${min} to ${max}, found ${JSON.stringify(value)}`;
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new CliError(`Could not read ${flag}`, why, `Give it such a number, as in ${flag} ${min}.`);
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
