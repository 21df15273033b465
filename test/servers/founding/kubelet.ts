import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { z } from 'zod';
import type { RawKubernetes } from '../../fakes/kubernetes/raw-kubernetes';

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ uid: z.string(), deletionTimestamp: z.string().optional() }),
      status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }),
    }),
  ),
});

const everyMs = 100;

/**
 * Ties the records of a fake Kubernetes to real processes, as a kubelet does: while a pod of `app: redis` is ready, a Redis
 * of its own answers at one port, which stands for the Service; when the pod goes, its Redis is killed with all it knew.
 */
export class RedisKubelet {
  /** The uids of the pods that ran, in order. */
  readonly ran: string[] = [];
  private redis: ChildProcess | undefined;
  private isStopped = false;
  private readonly loop: Promise<void>;

  private constructor(
    private readonly api: RawKubernetes,
    readonly port: number,
  ) {
    this.loop = this.watch();
  }

  /** Begins to look after the pods. */
  static async start(api: RawKubernetes): Promise<RedisKubelet> {
    return new RedisKubelet(api, await freePort());
  }

  /** Ends the Redis that runs. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.loop;
    await this.kill();
  }

  private async watch(): Promise<void> {
    while (!this.isStopped) {
      await this.settle(await this.wanted());
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  private async wanted(): Promise<string | undefined> {
    const { items } = pods.parse(await this.api.get('/api/v1/namespaces/shop/pods?labelSelector=app%3Dredis'));
    const live = items.filter(({ metadata, status }) => {
      const isReady = status.conditions.some(({ type, status: state }) => type === 'Ready' && state === 'True');
      return isReady && metadata.deletionTimestamp === undefined;
    });
    return live[0]?.metadata.uid;
  }

  private async settle(uid: string | undefined): Promise<void> {
    if (this.redis !== undefined && uid === this.ran.at(-1)) return;
    await this.kill();
    if (uid === undefined) return;
    this.ran.push(uid);
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.redis = spawn('redis-server', settings, { stdio: 'ignore' });
  }

  private async kill(): Promise<void> {
    const { redis } = this;
    this.redis = undefined;
    if (redis === undefined || redis.exitCode !== null || redis.signalCode !== null) return;
    redis.kill('SIGKILL');
    await once(redis, 'exit');
  }
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}
