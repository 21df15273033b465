import { ruleBook } from './fault-point';
import { Fields } from './fields';
import { whyDisabled } from './kill-switch';
import type { LiveRule } from './live-rule';
import { readLease, readRule } from './read-rule';
import { Refusal } from './refusal';
import { settings } from './settings';

/** What the control says: an HTTP status and a JSON body. */
export interface Answer {
  status: number;
  body: object;
}

interface Route {
  method: string;
  path: RegExp;
  run(id: string, body: unknown): Answer;
}

const rulePath = /^\/v1\/rules\/([a-z0-9-]{1,40})$/;
const hourMs = 3_600_000;

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/v1\/health$/, run: health },
  { method: 'GET', path: /^\/v1\/rules$/, run: () => answer({ rules: ruleBook.rules().map(show) }) },
  { method: 'GET', path: /^\/v1\/tombstones$/, run: () => answer({ tombstones: showTombstones() }) },
  { method: 'GET', path: rulePath, run: (id) => answer(show(find(id))) },
  { method: 'PUT', path: rulePath, run: arm },
  { method: 'DELETE', path: rulePath, run: remove },
  { method: 'POST', path: /^\/v1\/rules\/([a-z0-9-]{1,40})\/activate$/, run: activate },
  { method: 'POST', path: /^\/v1\/rules\/([a-z0-9-]{1,40})\/renew$/, run: renew },
];

/** The action behind a method and a path; throws a Refusal 404 or 405. */
export function findRoute(method: string, url: string): (body: unknown) => Answer {
  const [path = ''] = url.split('?');
  const here = routes.filter((route) => route.path.test(path));
  const route = here.find((one) => one.method === method);
  if (route !== undefined) return (body) => route.run(route.path.exec(path)?.[1] ?? '', body);
  if (here.length > 0) throw new Refusal(405, `${path} knows ${here.map((one) => one.method).join(', ')}`);
  throw new Refusal(404, 'no such path; rule ids are 1 to 40 of a-z, 0-9 and -');
}

function health(): Answer {
  const { service, points, bounds } = settings();
  return answer({ service, protocol: 1, disabled: whyDisabled() !== undefined, points: [...points], bounds });
}

function arm(id: string, body: unknown): Answer {
  refuseDisabled();
  ruleBook.refuseTombstoned(id);
  const { rule, isNew } = ruleBook.arm(readRule(id, body));
  return answer(show(rule), isNew ? 201 : 200);
}

function activate(id: string): Answer {
  refuseDisabled();
  return answer(show(ruleBook.activate(id)));
}

function renew(id: string, body: unknown): Answer {
  refuseDisabled();
  return answer(show(ruleBook.renew(id, readLease(new Fields(body, '')))));
}

/** A removal is never refused for its body: without a usable `remainingMs` the id stays refused for an hour. */
function remove(id: string, body: unknown): Answer {
  const given: unknown =
    typeof body === 'object' && body !== null && 'remainingMs' in body ? body.remainingMs : undefined;
  const remainingMs = typeof given === 'number' && Number.isFinite(given) ? Math.min(given, 30 * 24 * hourMs) : hourMs;
  return answer(ruleBook.remove(id, remainingMs));
}

function find(id: string): LiveRule {
  const rule = ruleBook.find(id);
  if (rule === undefined) throw new Refusal(404, `no rule "${id}" is here`);
  return rule;
}

function refuseDisabled(): void {
  const why = whyDisabled();
  if (why !== undefined) throw new Refusal(503, `faults are disabled: ${why}`);
}

function show(rule: LiveRule): object {
  return rule.show(ruleBook.now());
}

function showTombstones(): object[] {
  const nowMs = ruleBook.now();
  return ruleBook.tombstones().map(({ endsAtMs, ...rest }) => ({ ...rest, remainingMs: Math.round(endsAtMs - nowMs) }));
}

function answer(body: object, status = 200): Answer {
  return { status, body };
}
