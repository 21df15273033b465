import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { server } from '../../harness/servers';

/** Something that Prometheus scrapes, with a name that no other test has. */
export interface Target {
  /** Prefix of its metrics, and its `job`. */
  name: string;
  address: string;
  /** What it says from now on, in Prometheus' text format. */
  says(text: string): void;
  /** Answers nothing any more, as a process that has died. */
  die(): Promise<void>;
  close(): Promise<void>;
}

/** Serves metrics on loopback and has the shared Prometheus scrape them. */
export async function scrapedTarget(): Promise<Target> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  let text = '';
  const served = createServer((_request, response) => response.end(text));
  await new Promise<void>((resolve) => served.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(served.address() as AddressInfo).port}`;
  const { targetsDir } = await server('prometheus');
  const file = join(targetsDir, `${name}.json`);
  writeFileSync(file, JSON.stringify([{ targets: [address], labels: { job: name } }]));
  const die = () =>
    new Promise<void>((resolve) => {
      served.close(() => resolve());
      served.closeAllConnections();
    });
  return {
    ...{ name, address, die },
    says: (said) => void (text = `${said}\n`),
    async close() {
      rmSync(file, { force: true });
      if (served.listening) await die();
    },
  };
}
