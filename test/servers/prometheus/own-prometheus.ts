import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../../src/embedded/free-port';
import { WatchedProcess } from '../../harness/watched-process';

/** A Prometheus of one test's own, with its own configuration. */
export interface OwnPrometheus {
  host: string;
  stop(): Promise<void>;
}

/** Files beside the configuration, by name; the configuration names them by these names. */
export interface PrometheusFiles {
  /** `scrape_configs` of the configuration. */
  scrape: object[];
  /** The file of `--web.config.file`. */
  web?: object;
  more?: Record<string, string>;
}

/** Starts a real Prometheus that scrapes every second, and waits until it is ready. */
export async function ownPrometheus({ scrape, web, more = {} }: PrometheusFiles): Promise<OwnPrometheus> {
  const dir = mkdtempSync(join(tmpdir(), 'gameday-prometheus-'));
  const config = { global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: scrape };
  const files = { 'prometheus.yml': JSON.stringify(config), ...(web && { 'web.yml': JSON.stringify(web) }), ...more };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  const [port = 0] = await freePorts(1);
  const host = `127.0.0.1:${port}`;
  const words = [`--config.file=${join(dir, 'prometheus.yml')}`, `--storage.tsdb.path=${join(dir, 'data')}`];
  if (web) words.push(`--web.config.file=${join(dir, 'web.yml')}`);
  const started = new WatchedProcess(
    spawn('/usr/bin/prometheus', [...words, `--web.listen-address=${host}`], { stdio: 'pipe' }),
  );
  await started.says(/Server is ready to receive web requests/);
  return {
    host,
    async stop() {
      await started.end('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
