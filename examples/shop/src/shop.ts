import { setTimeout as wait } from 'node:timers/promises';
import { ChildService } from './child-service';
import type { Pids, RunningShop } from './directory-claim';
import { areHealthy } from './health';
import type { RunDirectory, Urls } from './run-directory';

const HEALTH_MS_MAX = 10_000;

/** All services of one shop. */
export class Shop {
  private readonly services: ChildService[] = [];

  constructor(private readonly directory: RunDirectory) {}

  /** Starts every service and resolves when all are healthy; rejects otherwise, and then `stop` ends what had started. */
  async start(): Promise<RunningShop> {
    const ledger = { SHOP_LEDGER_FILE: this.directory.file('payment-ledger.jsonl') };
    const token = { SHOP_CONTROL_TOKEN_FILE: this.directory.file('payment-control.token') };
    await Promise.all([
      this.add('catalogue', {}),
      this.add('payment', { ...ledger, ...token }),
      this.add('auditor', ledger),
    ]);
    await this.add('checkout', {
      SHOP_PAYMENT_URL: this.urls().payment ?? '',
      SHOP_CATALOGUE_URL: this.urls().catalogue ?? '',
      SHOP_QUEUE_FILE: this.directory.file('order-queue.jsonl'),
    });
    await waitUntilHealthy(this.urls());
    return { pids: this.pids(), urls: this.urls() };
  }

  /** Calls back with the name of a service that ends. */
  onExit(listener: (name: string) => void): void {
    for (const service of this.services) service.onExit(() => listener(service.name));
  }

  /** Ends every service; resolves when none is left. */
  async stop(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
  }

  private async add(name: string, settings: Record<string, string>): Promise<void> {
    this.services.push(await ChildService.start(name, settings));
  }

  private urls(): Urls {
    return Object.assign({}, ...this.services.map((service) => service.urls)) as Urls;
  }

  private pids(): Pids {
    const services = this.services.map((service): [string, number] => [service.name, service.pid]);
    return { shop: process.pid, ...Object.fromEntries(services) };
  }
}

async function waitUntilHealthy(urls: Urls): Promise<void> {
  const startedAtMs = performance.now();
  while (!(await areHealthy(urls))) {
    if (performance.now() - startedAtMs > HEALTH_MS_MAX) throw new Error('Starting the shop: not healthy within 10 s.');
    await wait(50);
  }
}
