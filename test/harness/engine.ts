import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { faultDrivers } from '../../activities/faults';
import { signalProviders } from '../../activities/signals';
import type { EnvironmentAccess, Tools } from '../../activities/tools';
import { connect } from '../../src/client/connect';
import type { Gameday } from '../../src/client/gameday';
import { temporalOrchestrator } from '../../src/client/orchestrator';
import { searchAttributeNames } from '../../src/client/search-attribute-names';
import { isSealed } from '../../src/client/seal';
import { temporalGameday } from '../../src/client/temporal-gameday';
import type { EvidenceStore, SeriesChunk } from '../../src/domain/evidence-store';
import type { Evidence } from '../../src/domain/evidence';
import { cacheDirOf, findTemporal } from '../../src/embedded/find-temporal';
import { startTemporal } from '../../src/embedded/temporal-server';
import { planHash, targetsHash } from '../../src/scenario/plan-hash';
import { installRuntime } from '../../src/worker/runtime';
import { startWorkers } from '../../src/worker/workers';
import type { RunningWorkers } from '../../src/worker/workers';

/** A real Temporal, real workers and real drivers in this process, with an evidence store in memory. */
export interface Engine {
  gameday: Gameday;
  client: Client;
  address: string;
  stored: Map<string, Evidence>;
  chunks: SeriesChunk[];
  /** Starts further workers beside those that run; without a build id they are not versioned. */
  addWorkers(buildId?: string): Promise<RunningWorkers>;
  stop(): Promise<void>;
}

const sealKey = 'a key of at least thirty-two characters';
const namespace = 'default';

/** Starts everything for one environment whose connections are given as they would be after resolution. */
export async function startEngine(environment: string, access: EnvironmentAccess, buildId?: string): Promise<Engine> {
  installRuntime({
    log: (line) => {
      if (process.env['ENGINE_LOG']) process.stderr.write(`${line}\n`);
    },
    isVerbose: false,
  });
  const stateDir = mkdtempSync(join(tmpdir(), 'gameday-engine-'));
  const found = await findTemporal({
    searchPath: process.env['PATH'] ?? '',
    cacheDir: cacheDirOf(homedir(), process.env['XDG_CACHE_HOME']),
    temporaryDir: tmpdir(),
    log: () => undefined,
    ...(process.env['TEMPORAL_CLI_PATH'] ? { cliPath: process.env['TEMPORAL_CLI_PATH'] } : {}),
  });
  const temporal = await startTemporal({
    stateDir,
    binary: found.path,
    namespace,
    searchAttributes: Object.fromEntries(searchAttributeNames.map((name) => [name, 'Keyword' as const])),
    log: () => undefined,
    headless: true,
  });
  const connected = await connect({ address: temporal.address, namespace });
  const stored = new Map<string, Evidence>();
  const chunks: SeriesChunk[] = [];
  const tools: Tools = {
    catalogue: { faults: faultDrivers, signals: signalProviders },
    environment: async () => access,
    orchestrator: temporalOrchestrator(connected.client),
    series: { write: (chunk) => void chunks.push(chunk), deliver: async () => undefined },
    store: async () => memoryStore(stored),
    hashes: { plan: planHash, targets: targetsHash },
    isSealed: (experimentId, decision, seal) => isSealed(sealKey, experimentId, decision, seal),
    sentinelTrouble: async () => undefined,
    home: await connected.readNamespaceId(),
    metrics: { rolledBack: () => undefined, concluded: () => undefined },
  };
  const running: RunningWorkers[] = [];
  const addWorkers = async (version?: string): Promise<RunningWorkers> => {
    const versioned = version === undefined ? {} : { buildId: version };
    const { address } = temporal;
    const workers = await startWorkers({ address, namespace, environments: [environment], tools, ...versioned });
    running.push(workers);
    return workers;
  };
  await addWorkers(buildId);
  return {
    gameday: temporalGameday(connected.client, sealKey),
    client: connected.client,
    address: temporal.address,
    stored,
    chunks,
    addWorkers,
    async stop() {
      await Promise.all(running.map((workers) => workers.stop()));
      await connected.close();
      await temporal.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

function memoryStore(stored: Map<string, Evidence>): EvidenceStore {
  const nothing = async (): Promise<void> => undefined;
  return {
    writeChunk: nothing,
    readChunks: async () => [],
    saveExperiment: nothing,
    listExperiments: async () => [],
    saveEvidence: async (evidence) => void stored.set(evidence.experimentId, evidence),
    readEvidence: async () => undefined,
    appendAudit: nothing,
    listAudit: async () => [],
    close: nothing,
  };
}
