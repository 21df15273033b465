/** The bearer token, as OpenAPI declares it. */
export const security = [{ token: [] }];

/** A non-empty reason that a person gives. */
export const reason = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  description: 'Why, for the audit and the report',
} as const;

/** A body that takes exactly these keys; one more, such as the name of an actor, is an error. */
export function bodyOf(properties: Record<string, object>, required: string[] = Object.keys(properties)): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

/** Query or path parameters: exactly these. */
export function parametersOf(properties: Record<string, object>, required: string[] = []): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

/** An id or name in the path. */
export function pathOf(name: string, description: string): object {
  return parametersOf({ [name]: { type: 'string', minLength: 1, maxLength: 200, description } }, [name]);
}

/** A page size. */
export const limit = {
  type: 'integer',
  minimum: 1,
  maximum: 1000,
  default: 50,
  description: 'How many at most, newest first',
} as const;

/** An answer whose members are not cut down: what is described is there, and more may be. */
export function answer(description: string, properties: Record<string, object> = {}): object {
  return { description, type: 'object', additionalProperties: true, properties };
}

const problem = {
  description: 'What was attempted, why not, what would help',
  type: 'object',
  additionalProperties: true,
  properties: { error: { type: 'string' }, why: { type: 'string' }, help: { type: 'string' } },
} as const;

/** The errors that any path with a token may answer, besides the ones given. */
export function errors(...statuses: number[]): Record<string, object> {
  return Object.fromEntries([400, 401, ...statuses].map((status) => [String(status), problem]));
}
