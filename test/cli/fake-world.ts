import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { runCommandLine } from '../../src/cli/run-command-line';
import type { ApiAccess, Offline, RunningPart, RunningUp, World } from '../../src/cli/world';
import { FakeGameday } from '../api/fake-gameday';
import { FakeStore } from '../api/fake-store';
import { at } from '../api/make';

/** A world whose every part is at hand, and what was printed into it. */
export interface FakeWorld extends World {
  stdout: string[];
  stderr: string[];
  /** Presses Ctrl-C. */
  interrupt(): void;
  offlineGameday: FakeGameday;
  offlineStore: FakeStore;
  /** What was asked of the drivers alone. */
  swept: { environment?: string; isAll: boolean }[];
  /** Runs a whole command line in it and resolves to the exit code. */
  run(...words: string[]): Promise<number>;
}

/** Makes a world; with an API, commands talk to it over real HTTP. */
export async function fakeWorld(access?: ApiAccess, change: Partial<World> = {}): Promise<FakeWorld> {
  const [stdout, stderr, listeners] = [[] as string[], [] as string[], new Set<() => void>()];
  const [offlineGameday, offlineStore, swept] = [new FakeGameday(), new FakeStore(), [] as FakeWorld['swept']];
  const stateDir = join(await mkdtemp(join(tmpdir(), 'gameday-cli-')), '.gameday');
  const world: FakeWorld = {
    output: {
      result: (text) => void stdout.push(text),
      document: (text) => void stdout.push(text),
      json: (value) => void stdout.push(JSON.stringify(value)),
      note: (text) => void stderr.push(text),
      paint: createColors(false),
      notePaint: createColors(false),
    },
    settings: { stateDir, environmentsDir: 'environments', peopleFile: join(stateDir, 'people.json') },
    now: () => Date.parse(at),
    commandWordIn: () => 'gameday',
    findApi: async () => access,
    bringUp: () => Promise.reject(new Error('nothing may be brought up in this test')),
    parts: { server: aPart, worker: aPart, sentinel: aPart },
    offline: offlineOf({ offlineGameday, offlineStore, swept }),
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    checks: async () => [],
    ...{ stdout, stderr, offlineGameday, offlineStore, swept },
    interrupt: () => [...listeners].forEach((listener) => listener()),
    run: (...words) =>
      runCommandLine({ words, output: world.output, makeWorld: async () => world, version: () => '0.0.0' }),
    ...change,
  };
  return world;
}

/** An embedded everything that is the given API. */
export function anUp(access: ApiAccess, change: Partial<RunningUp> = {}): RunningUp {
  const where = { temporalAddress: '127.0.0.1:7233', environments: ['demo'] };
  const ended = new Promise<void>(() => undefined);
  const remaining = async () => ({ faults: [], troubles: [] });
  return { ...access, ...where, ended, remaining, stop: async () => [], ...change };
}

async function aPart(): Promise<RunningPart> {
  return { url: 'http://127.0.0.1:1', ended: new Promise(() => undefined), stop: async () => undefined };
}

function offlineOf(parts: Pick<FakeWorld, 'offlineGameday' | 'offlineStore' | 'swept'>): Offline {
  const finding = {
    environment: 'demo',
    fault: 'noop/nothing',
    injectionId: 'i-1',
    lockKey: 'noop:x',
    reason: 'overdue',
  };
  return {
    gameday: async () => parts.offlineGameday,
    environments: { names: async () => ['demo'], isWhole: async () => true },
    store: async () => parts.offlineStore,
    person: () => ({ name: 'operator', groups: [] }),
    listFaults: async () => ({ faults: [], troubles: ['asked the drivers'] }),
    async sweep(request) {
      parts.swept.push(request);
      return { findings: [{ ...finding, outcome: 'removed' }], troubles: [] };
    },
    validate: async (files) =>
      files
        .filter((file) => file.includes('bad'))
        .map((file) => ({ file, line: 3, column: 5, message: 'expected a rate, found "20"', hint: 'write 20/s' })),
  };
}
