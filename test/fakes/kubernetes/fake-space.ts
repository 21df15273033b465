import { eventually } from '../../contract/eventually';
import { startFakeKubernetes, type FakeKubernetes } from './fake-kubernetes';
import { deployment, namespace, pod } from './manifests';
import { RawKubernetes, type RawReply } from './raw-kubernetes';

/** A fake for one test file, and a namespace of its own for every case. */
export class FakeSpace {
  space = '';
  #spaces = 0;

  private constructor(
    readonly fake: FakeKubernetes,
    readonly raw: RawKubernetes,
  ) {}

  static async open(): Promise<FakeSpace> {
    const fake = await startFakeKubernetes({ bookmarkEveryMs: 20, delays: { terminateMs: 30 } });
    return new FakeSpace(fake, new RawKubernetes(fake));
  }

  async next(): Promise<void> {
    this.fake.trouble.clear();
    this.space = `space-${(this.#spaces += 1)}`;
    await this.raw.ask('POST', '/api/v1/namespaces', namespace(this.space));
  }

  get pods(): string {
    return `/api/v1/namespaces/${this.space}/pods`;
  }

  get deployments(): string {
    return `/apis/apps/v1/namespaces/${this.space}/deployments`;
  }

  createPod(name = 'one', extra = {}): Promise<RawReply> {
    return this.raw.ask('POST', this.pods, pod(this.space, name, extra));
  }

  async readyDeployment(name: string, replicas = 2): Promise<void> {
    await this.raw.ask('POST', this.deployments, deployment(this.space, name, { replicas }));
    await eventually('ready', 5_000, async () => {
      const { status } = await this.raw.get(`${this.deployments}/${name}`);
      return status?.readyReplicas === replicas;
    });
  }
}

/** The names of a list's items. */
export function namesIn({ items }: RawReply['body']): string[] {
  return items.map((item: RawReply['body']) => item.metadata.name);
}
