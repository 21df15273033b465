import type { Json } from '../domain/json';

/** A parsed value as plain data, as a plan holds it; what JSON cannot say is left out. */
export function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}
