import type { FastifyInstance } from 'fastify';
import { createApi } from '../../src/api/api';
import { listen } from '../../src/api/listen';
import type { ApiParts, PlanRequest } from '../../src/api/parts';
import { createMetrics } from '../../src/metrics/metrics';
import { hashToken } from '../../src/people/token';
import { findOwner } from '../../src/people/people-source';
import { FakeGameday } from './fake-gameday';
import { FakeStore } from './fake-store';
import { aPlan, at } from './make';

/** A served API over fakes, real HTTP on a free port. */
export interface Served {
  app: FastifyInstance;
  url: string;
  gameday: FakeGameday;
  store: FakeStore;
  parts: ApiParts;
  logged: string[];
  ask(method: string, path: string, body?: unknown, token?: string | null): Promise<Asked>;
}

interface Asked {
  status: number;
  body: Record<string, unknown>;
  text: string;
  headers: Headers;
}

const owners = [
  { name: 'ada', groups: ['sre'], tokenHash: hashToken('token-of-ada'), addedAt: at },
  { name: 'ben', groups: ['payments'], tokenHash: hashToken('token-of-ben'), addedAt: at },
];

export async function serve(change: Partial<ApiParts> = {}): Promise<Served> {
  const [gameday, store, logged] = [new FakeGameday(), new FakeStore(), [] as string[]];
  const parts: ApiParts = {
    gameday,
    store,
    plans: { make: async (request) => makePlan(request) },
    people: { ownerOf: (token) => findOwner(owners, token) },
    environments: { names: async () => ['demo'], isWhole: async () => true },
    faults: {
      list: async () => ({ faults: [], troubles: [] }),
      sweep: async () => ({ findings: [], troubles: [] }),
    },
    reports: { html: ({ verdict }) => `<p>${verdict.verdict}</p>`, json: ({ verdict }) => JSON.stringify(verdict) },
    metrics: createMetrics(),
    now: () => new Date(at),
    log: (line) => void logged.push(line),
    ...change,
  };
  const app = await createApi(parts);
  const url = await listen(app);
  return { app, url, gameday, store, parts, logged, ask: (...request) => ask(url, ...request) };
}

function makePlan(request: PlanRequest) {
  if (!request.text.startsWith('kind: experiment'))
    return {
      problems: [{ file: request.file ?? 'scenario', line: 1, column: 1, message: 'expected kind, found nothing' }],
    };
  return { plan: aPlan(), planHash: 'plan-hash' };
}

async function ask(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  token: string | null = 'token-of-ada',
): Promise<Asked> {
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${url}${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, body: isJson ? JSON.parse(text) : {}, text, headers: response.headers };
}
