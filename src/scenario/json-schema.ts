import { z, type ZodType } from 'zod';
import type { Catalogue } from '../domain/catalogue';
import type { Json, JsonObject } from '../domain/json';
import { alternativesOf } from './by-key';
import { connectionOf } from './connection-shape';
import { environmentShape } from './environment-shape';
import { asMap, plainJson } from './plain-json';
import { scenarioShape } from './scenario-shape';

/** The JSON Schema by which editors complete and check scenario files. */
export function scenarioJsonSchema(catalogue: Catalogue): JsonObject {
  const schema = described(scenarioShape(catalogue), orName);
  return { ...schema, title: 'Gameday scenario', $schema: 'https://json-schema.org/draft/2020-12/schema' };
}

/** The JSON Schema by which editors complete and check environment files. */
export function environmentJsonSchema(catalogue: Catalogue): JsonObject {
  const schema = described(environmentShape(catalogue), asWritten);
  return { ...schema, title: 'Gameday environment', $schema: 'https://json-schema.org/draft/2020-12/schema' };
}

type Widen = (schema: JsonObject) => JsonObject | undefined;

function described(schema: ZodType, widen: Widen): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema }) => replace(jsonSchema, replacement(zodSchema, plainJson(jsonSchema), widen)),
  });
  return asMap(plainJson(rest));
}

function replacement(zodSchema: unknown, jsonSchema: Json, widen: Widen): JsonObject | undefined {
  const found = [...(isSchema(zodSchema) ? (alternativesOf.get(zodSchema) ?? []) : [])];
  if (found.length > 0) return { anyOf: found.map((one) => described(one, widen)) };
  const connection = isSchema(zodSchema) ? connectionOf.get(zodSchema) : undefined;
  return connection ? described(connection, orReference) : widen(asMap(jsonSchema));
}

function isSchema(value: unknown): value is ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

function replace(target: object, source: JsonObject | undefined): void {
  if (!source) return;
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, source);
}

const asWritten: Widen = () => undefined;

/** Wherever a scenario wants something else than free text, a variable's name may stand instead. */
const orName: Widen = (schema) => {
  const isPlain = schema['const'] === undefined && schema['anyOf'] === undefined;
  const isNarrow =
    ['number', 'integer', 'boolean'].some((type) => type === schema['type']) || 'enum' in schema || 'pattern' in schema;
  return isPlain && isNarrow ? { anyOf: [schema, { type: 'string', pattern: '\\$\\{[^}]+\\}' }] } : undefined;
};

const references: JsonObject[] = ['env', 'file'].map((key) => ({
  type: 'object',
  properties: { [key]: { type: 'string' } },
  required: [key],
  additionalProperties: false,
}));

/** Wherever a connection wants a text, a reference may stand instead. */
const orReference: Widen = (schema) => (schema['type'] === 'string' ? { anyOf: [schema, ...references] } : undefined);
