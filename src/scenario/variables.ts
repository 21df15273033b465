import type { Json, JsonObject } from '../domain/json';
import { checkShape } from './check-shape';
import { durationMs } from './duration';
import { finding, oneOf, show, type Finding, type Path } from './finding';
import { didYouMean } from './nearest';
import { substitute, type Meaning } from './substitute';
import { variableDeclarations, type VariableDeclaration } from './variable-declarations';

/** Values that a person gave at the start, by name; texts are read in the declared type. */
export type GivenVariables = Readonly<Record<string, Json>>;

/** The values of the declared variables, and what is wrong with them. */
export interface ResolvedVariables {
  values: ReadonlyMap<string, Json>;
  /** Every declared name, also one that has no usable value. */
  names: string[];
  findings: Finding[];
}

/** The value of every declared variable: given, or its default, which may refer to others. */
export function resolveVariables(declared: Json | undefined, given: GivenVariables): ResolvedVariables {
  const shaped = checkShape(variableDeclarations, declared ?? {}, { at: ['variables'] });
  const names = shaped.value ? Object.keys(shaped.value) : namesIn(declared);
  const findings = [...shaped.findings, ...unknownGiven(names, given)];
  if (!shaped.value) return { values: new Map(), names, findings };
  const resolution = new Resolution(new Map(Object.entries(shaped.value)), new Map(Object.entries(given)), findings);
  for (const name of names) resolution.valueOf(name, []);
  return { values: resolution.values, names, findings };
}

function namesIn(declared: Json | undefined): string[] {
  return typeof declared === 'object' && declared !== null && !Array.isArray(declared) ? Object.keys(declared) : [];
}

function unknownGiven(names: string[], given: GivenVariables): Finding[] {
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  return unknown.map((name) => {
    const known =
      names.length === 0 ? 'no variable, since the scenario declares none' : `a declared variable, ${oneOf(names)}`;
    return finding(['variables'], `expected ${known}, found a value for ${show(name)}`, didYouMean(name, names));
  });
}

class Resolution {
  readonly values = new Map<string, Json>();
  private readonly failed = new Set<string>();

  constructor(
    private readonly declared: Map<string, VariableDeclaration>,
    private readonly given: Map<string, Json>,
    private readonly findings: Finding[],
  ) {}

  /** The value of one variable, or undefined when it has none; `asking` are the variables whose defaults led here. */
  valueOf(name: string, asking: string[]): Json | undefined {
    const declaration = this.declared.get(name);
    if (!declaration || this.failed.has(name)) return undefined;
    const known = this.values.get(name);
    if (known !== undefined) return known;
    const read = readValue(this.written(name, declaration, asking), declaration);
    if ('value' in read) this.values.set(name, read.value);
    else this.fail(name, read.message, read.hint);
    return this.values.get(name);
  }

  private written(name: string, declaration: VariableDeclaration, asking: string[]): Json | undefined {
    const given = this.given.get(name);
    if (given !== undefined || declaration.default === undefined) return given;
    const path = defaultPath(name);
    const { tree, findings } = substitute(
      declaration.default,
      (other) => this.meaningOf(other, [...asking, name]),
      path,
    );
    if (findings.length === 0) return tree;
    this.failed.add(name);
    this.findings.push(...findings.filter((one) => one.message !== ''));
    return undefined;
  }

  private meaningOf(name: string, asking: string[]): Meaning {
    const start = asking.indexOf(name);
    if (start !== -1) {
      const circle = [...asking.slice(start), name].join(' → ');
      for (const one of asking.slice(start)) this.failed.add(one);
      return { message: `expected a value that does not lead back to itself, found ${circle}` };
    }
    const names = [...this.declared.keys()];
    if (!names.includes(name))
      return {
        message: `expected a declared variable, ${oneOf(names)}, found ${show(name)}`,
        hint: didYouMean(name, names),
      };
    const value = this.valueOf(name, asking);
    // What is wrong with the other variable has been said there.
    return value === undefined ? { message: '' } : { value };
  }

  private fail(name: string, message: string, hint: string | undefined): void {
    if (this.failed.has(name)) return;
    this.failed.add(name);
    const isGiven = this.given.has(name);
    const path = isGiven || this.declared.get(name)?.default === undefined ? ['variables', name] : defaultPath(name);
    this.findings.push(
      finding(path, message, hint ?? (message.startsWith('expected a value') ? giveIt(name) : undefined)),
    );
  }
}

function defaultPath(name: string): Path {
  return ['variables', name, 'default'];
}

function giveIt(name: string): string {
  return `give it with --var ${name}=VALUE`;
}

type Read = { value: Json } | { message: string; hint?: string };

function readValue(written: Json | undefined, declaration: VariableDeclaration): Read {
  if (written === undefined) return { message: 'expected a value, found no default and none given' };
  const value = typed(written, declaration.type);
  if (value === undefined) return { message: `expected ${typeNames[declaration.type]}, found ${show(written)}` };
  const message = outside(value, declaration);
  return message === undefined ? { value } : { message };
}

const typeNames = {
  number: 'a number',
  text: 'a text',
  duration: 'a duration with its unit, such as 60s',
  boolean: 'true or false',
};

function typed(written: Json, type: VariableDeclaration['type']): string | number | boolean | undefined {
  if (type === 'number') return typedNumber(written);
  if (type === 'boolean')
    return written === true || written === 'true' ? true : written === false || written === 'false' ? false : undefined;
  if (type === 'text') return typeof written === 'object' ? undefined : String(written);
  return typeof written === 'string' && durationMs(written) !== undefined ? written : undefined;
}

function typedNumber(written: Json): number | undefined {
  if (typeof written === 'number') return written;
  if (typeof written !== 'string' || written.trim() === '') return undefined;
  return Number.isFinite(Number(written)) ? Number(written) : undefined;
}

function outside(
  value: string | number | boolean,
  { type, min, max, choices }: VariableDeclaration,
): string | undefined {
  if (choices && !choices.some((choice) => choice === value))
    return `expected ${oneOf(choices.map(String))}, found ${show(value)}`;
  if (type !== 'number' && type !== 'duration') return undefined;
  const amount = amountOf(value);
  if (min !== undefined && amount < amountOf(min)) return `expected at least ${min}, found ${show(value)}`;
  return max !== undefined && amount > amountOf(max) ? `expected at most ${max}, found ${show(value)}` : undefined;
}

function amountOf(value: string | number | boolean): number {
  return typeof value === 'string' ? (durationMs(value) ?? Number.NaN) : Number(value);
}

/** The values of a file of variables: a map of names to plain values. */
export function isVariableMap(tree: Json): tree is JsonObject {
  const isMap = typeof tree === 'object' && tree !== null && !Array.isArray(tree);
  return isMap && Object.values(tree).every((value) => typeof value !== 'object' || value === null);
}
