import type { AnyFaultDriver, DriverTools } from '../../../../src/domain/fault-driver';
import type { Injection } from '../../../../src/domain/injection';
import type { Json, JsonObject } from '../../../../src/domain/json';
import { eventually } from '../../../contract/eventually';
import type { Grant } from '../../../fakes/kubernetes/access';
import { startFakeKubernetes, type FakeKubernetes, type FakeOptions } from '../../../fakes/kubernetes/fake-kubernetes';
import { deployment, namespace, type DeploymentOptions, type Names } from '../../../fakes/kubernetes/manifests';
import { RawKubernetes, type RawReply } from '../../../fakes/kubernetes/raw-kubernetes';
import { prepareStep } from './prepare-step';

type Body = RawReply['body'];

/** A namespace `shop` at a fake API server, for the tests of one driver. */
export class Cluster {
  optedIn: Json[] = [{ namespace: 'shop' }];

  private constructor(
    readonly fake: FakeKubernetes,
    readonly raw: RawKubernetes,
  ) {}

  static async open(delays: FakeOptions['delays'] = {}): Promise<Cluster> {
    const fake = await startFakeKubernetes({ delays });
    return new Cluster(fake, new RawKubernetes(fake));
  }

  /** An empty namespace, and nothing wrong any more. */
  async reset(labels?: Names): Promise<void> {
    this.fake.trouble.clear();
    this.optedIn = [{ namespace: 'shop' }];
    await this.raw.ask('DELETE', '/api/v1/namespaces/shop');
    await eventually('gone', 5_000, async () => (await this.raw.ask('GET', '/api/v1/namespaces/shop')).status === 404);
    await this.raw.ask('POST', '/api/v1/namespaces', namespace('shop', labels));
  }

  async deploy(name: string, options: DeploymentOptions = {}): Promise<void> {
    await this.raw.ask('POST', '/apis/apps/v1/namespaces/shop/deployments', deployment('shop', name, options));
    await this.settled(name);
  }

  /** Waits until a Deployment has as many ready pods as it wants. */
  async settled(name: string): Promise<void> {
    await eventually(`${name} settled`, 5_000, async () => {
      const { metadata, spec, status } = await this.deployment(name);
      return status?.observedGeneration === metadata.generation && status.readyReplicas === spec.replicas;
    });
  }

  deployment(name: string): Promise<Body> {
    return this.raw.get(`/apis/apps/v1/namespaces/shop/deployments/${name}`);
  }

  async patch(name: string, body: object): Promise<void> {
    await this.raw.patch('merge', `/apis/apps/v1/namespaces/shop/deployments/${name}`, body);
  }

  /** The uids of the pods of an app that are not on their way out. */
  async podUids(app: string): Promise<string[]> {
    const { items } = await this.raw.get(`/api/v1/namespaces/shop/pods?labelSelector=app%3D${app}`);
    const live = items.filter(({ metadata }: Body) => metadata.deletionTimestamp === undefined);
    return live.map(({ metadata }: Body) => metadata.uid);
  }

  tools(change: Partial<DriverTools<unknown>> = {}): DriverTools<unknown> {
    const { url, ca, token } = this.fake;
    return {
      ...{ connection: { server: url, ca, token, deniedNamespaces: [] }, optedIn: this.optedIn, environment: 'test' },
      ...{ signal: AbortSignal.timeout(20_000), now: Date.now, ...change },
    };
  }

  /** Tools of somebody who may do only what these grants say. */
  toolsOf(grants: Grant[]): DriverTools<unknown> {
    const { token } = this.fake.addUser('limited', grants);
    return this.tools({ connection: { server: this.fake.url, ca: this.fake.ca, token, deniedNamespaces: [] } });
  }

  /** Surveys and prepares; rejects with what speaks against it. */
  async prepare(
    driver: AnyFaultDriver,
    target: JsonObject,
    params: JsonObject,
    tools = this.tools(),
  ): Promise<Injection> {
    return prepareStep(driver, { target, params }, tools);
  }

  async arm(driver: AnyFaultDriver, target: JsonObject, params: JsonObject, tools = this.tools()): Promise<Injection> {
    const injection = await this.prepare(driver, target, params, tools);
    await driver.arm?.(injection, tools);
    return injection;
  }

  /** Lets `meanwhile` happen after a driver has sent its next write and before that write is done. */
  beforeNextWrite(meanwhile: () => Promise<unknown>): void {
    const { trouble } = this.fake;
    trouble.beforeWrite = async () => {
      trouble.beforeWrite = () => true;
      await meanwhile();
      return true;
    };
  }
}
