import { createApi } from '../api/api';
import { listen } from '../api/listen';
import type { ConnectedClient } from '../client/connect';
import { readySearchAttributes } from '../client/search-attributes';
import { temporalOrchestrator } from '../client/orchestrator';
import { temporalGameday } from '../client/temporal-gameday';
import type { Gameday } from '../client/gameday';
import type { EvidenceStore } from '../domain/evidence-store';
import type { EnvironmentFolder } from '../environments/environment-folder';
import { loadEnvironments } from '../environments/load-environments';
import type { Metrics } from '../metrics/metrics';
import { peopleIn } from '../people/people-source';
import { renderHtml } from '../report/html/render-html';
import { renderJson } from '../report/render-json';
import { renderAll } from '../worker/serve-metrics';
import { faultSource } from './fault-source';
import { planSource } from './plan-source';

/** What one process that answers HTTP is started with. */
export interface ServerStart {
  connected: ConnectedClient;
  folder: EnvironmentFolder;
  store: EvidenceStore;
  sealKey: string;
  stateDir: string;
  /** Who may do what, by token. */
  peopleFile: string;
  metrics: Metrics;
  /** Where the SDK's own metrics are served, to be shown together with ours. */
  sdkMetricsAddress?: string;
  host?: string;
  port?: number;
  log(line: string): void;
}

/** A listening server. */
export interface RunningServer {
  url: string;
  gameday: Gameday;
  stop(): Promise<void>;
}

/** Starts the HTTP API. */
export async function startServer(start: ServerStart): Promise<RunningServer> {
  const { connected, folder, metrics, log, stateDir, store } = start;
  const orchestrator = temporalOrchestrator(connected.client);
  const home = await connected.readNamespaceId();
  const hasSearchAttributes = await readySearchAttributes(connected.attributes, log);
  const gameday = temporalGameday(connected.client, start.sealKey, hasSearchAttributes);
  const app = await createApi({
    gameday,
    store,
    plans: planSource(folder),
    people: peopleIn(stateDir, start.peopleFile),
    environments: {
      directory: folder.directory,
      names: async () => folder.names(),
      isWhole: async () => loadEnvironments(folder.directory, folder.catalogue).problems.length === 0,
    },
    faults: faultSource({ folder, orchestrator, home, metrics }),
    reports: {
      html: ({ evidence, verdict, chunks }) => renderHtml(evidence, verdict, chunks),
      json: ({ evidence, verdict, chunks }) => renderJson(evidence, verdict, chunks),
    },
    metrics: { render: () => renderAll(metrics, start.sdkMetricsAddress) },
    now: () => new Date(),
    log,
  });
  const { host, port } = start;
  const url = await listen(app, { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) });
  return { url, gameday, stop: () => app.close() };
}
