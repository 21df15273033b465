import { join } from 'node:path';
import { readLiveProcess } from '../embedded/process-note';
import { createInterface } from 'node:readline/promises';
import { parseConfig } from '../config';
import { findApi } from './find-api';
import { createOffline } from './offline/offline';
import { createOutput } from './output';
import { createParts } from './parts';
import type { World } from './world';

/** The real world: this process, its streams and signals, and everything else loaded when it is used; hints begin with the word of the folder. */
export async function createWorld(commandWordIn: (folder: string) => string): Promise<World> {
  const config = parseConfig();
  const commandWord = commandWordIn(process.cwd());
  const isAsking = process.stdin.isTTY && process.stderr.isTTY && !config.isCi;
  return {
    output: createOutput(process.stdout, process.stderr, { mayColor: config.mayColor, commandWord }),
    settings: {
      stateDir: config.stateDirectory,
      environmentsDir: config.environmentsDirectory,
      peopleFile: config.peopleFile,
      hasCluster: config.hasCluster,
      ...(config.env['GAMEDAY_ENVIRONMENTS'] === undefined
        ? {}
        : { askedEnvironmentsDir: config.environmentsDirectory }),
    },
    commandWordIn,
    now: Date.now,
    findApi: () => findApi(config),
    findSentinel: () => readLiveProcess(join(config.stateDirectory, 'sentinel.json')),
    bringUp: async (options) => (await import('../embedded/bring-up.js')).bringUp({ config, ...options }),
    parts: createParts(config),
    offline: createOffline(config),
    onInterrupt,
    checks: async () => (await import('./doctor/checks.js')).createChecks(config),
    ...(isAsking ? { ask } : {}),
  };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function onInterrupt(listener: () => void): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
