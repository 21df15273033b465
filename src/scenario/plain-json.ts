import type { Json, JsonObject } from '../domain/json';

/** A parsed value as plain data, as a plan holds it; what JSON cannot say is left out. */
export function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/** Whether data is a map of keys and values. */
export function isMap(tree: Json | undefined): tree is JsonObject {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree);
}

/** A map as it is, anything else as an empty one. */
export function asMap(tree: Json): JsonObject {
  return isMap(tree) ? tree : {};
}
