import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { faultDrivers } = require('../../dist/activities/faults/index.js');
const { connect } = require('../../dist/src/client/connect.js');
const { temporalOrchestrator } = require('../../dist/src/client/orchestrator.js');
const { searchAttributeNames } = require('../../dist/src/client/search-attribute-names.js');
const { temporalGameday } = require('../../dist/src/client/temporal-gameday.js');
const { cacheDirOf, findTemporal } = require('../../dist/src/embedded/find-temporal.js');
const { startTemporal } = require('../../dist/src/embedded/temporal-server.js');
const { planHash, targetsHash } = require('../../dist/src/scenario/plan-hash.js');
const { startWorkers } = require('../../dist/src/worker/workers.js');

const namespace = 'default';
const sealKey = 'a key of at least thirty-two characters';

/** A local server with the product's own workers in this process, and an evidence store that forgets. */
export async function startEngine({ dynamicConfig, cachedWorkflows }) {
  const directory = mkdtempSync(join(tmpdir(), 'gameday-bench-'));
  const temporal = await startServer(directory, dynamicConfig);
  const end = async () => {
    await temporal.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    return await startOn(temporal, { directory, cachedWorkflows, end });
  } catch (error) {
    await end();
    throw error;
  }
}

async function startOn(temporal, { directory, cachedWorkflows, end }) {
  const connected = await connect({ address: temporal.address, namespace });
  const evidence = new Map();
  const tools = await makeTools(connected, join(directory, 'noop'), evidence);
  const environments = ['demo'];
  const workers = await startWorkers({ address: temporal.address, namespace, environments, tools, cachedWorkflows });
  return {
    gameday: temporalGameday(connected.client, sealKey),
    client: connected.client,
    pid: temporal.pid,
    evidence,
    async stop() {
      await workers.stop();
      await connected.close();
      await end();
    },
  };
}

async function startServer(stateDir, dynamicConfig) {
  const { PATH = '', XDG_CACHE_HOME, TEMPORAL_CLI_PATH } = process.env;
  const log = () => undefined;
  const cacheDir = cacheDirOf(homedir(), XDG_CACHE_HOME);
  const cliPath = TEMPORAL_CLI_PATH === undefined ? {} : { cliPath: TEMPORAL_CLI_PATH };
  const found = await findTemporal({ ...cliPath, searchPath: PATH, cacheDir, temporaryDir: tmpdir(), log });
  const searchAttributes = Object.fromEntries(searchAttributeNames.map((name) => [name, 'Keyword']));
  return startTemporal({ stateDir, binary: found.path, namespace, searchAttributes, dynamicConfig, log });
}

async function makeTools(connected, noopDirectory, evidence) {
  return {
    catalogue: { faults: faultDrivers, signals: [] },
    environment: async () => ({
      connection: (system) => (system === 'noop' ? { directory: noopDirectory } : undefined),
      optedIn: (system) => (system === 'noop' ? [{ name: 'anything' }] : []),
    }),
    orchestrator: temporalOrchestrator(connected.client),
    series: { write: () => undefined, deliver: async () => undefined },
    store: async () => ({ saveEvidence: async (one) => void evidence.set(one.experimentId, one) }),
    hashes: { plan: planHash, targets: targetsHash },
    isSealed: () => false,
    sentinelTrouble: async () => undefined,
    home: await connected.readNamespaceId(),
    metrics: { injected: () => undefined, rolledBack: () => undefined, concluded: () => undefined },
  };
}
