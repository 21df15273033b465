import { configureFaults, startControl, type Control, type FaultOptions } from '@gameday/sdk';

export const token = 'a-token-for-tests-only';

/** What a control endpoint answered. */
interface Answered {
  status: number;
  body: Record<string, unknown>;
}

export type Ask = (method: string, path: string, body?: unknown) => Promise<Answered>;

/** A control of this process and how to speak to it over real HTTP. */
export interface Controlled {
  control: Control;
  ask: Ask;
}

/** Configures the points `charge` and `refund` and starts a control on a free port. */
export async function controlled(options: Partial<FaultOptions> = {}): Promise<Controlled> {
  configureFaults({ service: 'payment', points: ['charge', 'refund'], ...options });
  const control = await startControl({ token });
  return { control, ask: (method, path, body) => askControl(control.url, method, path, body) };
}

/** One request with the right token. */
async function askControl(url: string, method: string, path: string, body?: unknown): Promise<Answered> {
  const init: RequestInit = { method, headers: { authorization: `Bearer ${token}`, connection: 'close' } };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await fetch(url + path, init);
  return { status: response.status, body: await readObject(response) };
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null) throw new Error(`expected an object, found ${JSON.stringify(body)}`);
  return { ...body };
}

let rulesMade = 0;

/** An id that no other rule of this process has. */
export function aRuleId(): string {
  rulesMade += 1;
  return `rule-${process.pid}-${rulesMade}`;
}

/** The body of a PUT that every control of these tests accepts. */
export function aRuleBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const effect = { kind: 'error', status: 503 };
  return {
    point: 'charge',
    effect,
    percent: 100,
    leaseMs: 20_000,
    remainingMs: 60_000,
    tag: { owner: 'a' },
    ...changes,
  };
}

/** Arms and activates a rule, and answers its id. */
export async function activated(ask: Ask, changes: Record<string, unknown> = {}): Promise<string> {
  const id = aRuleId();
  const armed = await ask('PUT', `/v1/rules/${id}`, aRuleBody(changes));
  if (armed.status !== 201) throw new Error(`not armed: ${JSON.stringify(armed)}`);
  const active = await ask('POST', `/v1/rules/${id}/activate`);
  if (active.status !== 200) throw new Error(`not activated: ${JSON.stringify(active)}`);
  return id;
}

/** The counts of a rule as the control shows them. */
export async function countsOf(ask: Ask, id: string): Promise<{ hits: unknown; seen: unknown }> {
  const { body } = await ask('GET', `/v1/rules/${id}`);
  return { hits: body.hits, seen: body.seen };
}

/** Looks again until the answer is yes; the test's own time-out is the only limit. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
