import { randomUUID } from 'node:crypto';
import { ApiFailure } from './api-failure';

/** One rule of a Role or ClusterRole. */
export interface PolicyRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
}

/** Rules in one namespace, or everywhere. */
export interface Grant {
  namespace?: string;
  rules: PolicyRule[];
}

/** What somebody asks to do. */
export interface Attributes {
  verb: string;
  group: string;
  /** Such as `pods` or `pods/eviction`. */
  resource: string;
  namespace: string;
  name: string;
}

/** Somebody with a bearer token; without grants they may do everything. */
export interface User {
  name: string;
  token: string;
  grants?: Grant[];
}

/** Who may do what: tokens are looked up, and rules are judged as RBAC judges them. */
export class Access {
  readonly #users: User[] = [];

  add(name: string, grants?: Grant[], token: string = `fake-${randomUUID()}`): User {
    const user = { name, token, ...(grants && { grants }) };
    this.#users.push(user);
    return user;
  }

  /** 401 unless the header carries a known token. */
  userOf(authorization: string | undefined): User {
    const user = this.#users.find(({ token }) => authorization === `Bearer ${token}`);
    if (user === undefined) throw new ApiFailure(401, 'Unauthorized', 'Unauthorized');
    return user;
  }
}

/** Whether a user's grants cover what they ask for. */
export function isAllowed({ grants }: User, asked: Attributes): boolean {
  if (grants === undefined) return true;
  return grants.some(
    ({ namespace, rules }) =>
      (namespace === undefined || namespace === asked.namespace) && rules.some((rule) => covers(rule, asked)),
  );
}

/** 403 unless it is allowed. */
export function assertAllowed(user: User, asked: Attributes): void {
  if (isAllowed(user, asked)) return;
  const { verb, group, resource, namespace, name } = asked;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  throw new ApiFailure(
    403,
    'Forbidden',
    `${resource}${name === '' ? '' : ` "${name}"`} is forbidden: User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
  );
}

function covers({ apiGroups, resources, verbs, resourceNames }: PolicyRule, asked: Attributes): boolean {
  const has = (list: string[], value: string) => list.includes('*') || list.includes(value);
  const isNamed = resourceNames === undefined || resourceNames.includes(asked.name);
  return has(apiGroups, asked.group) && has(resources, asked.resource) && has(verbs, asked.verb) && isNamed;
}
