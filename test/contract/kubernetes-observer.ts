import type { RawKubernetes, RawReply } from '../fakes/kubernetes/raw-kubernetes';
import { eventually } from './eventually';
import type { RawFault } from './world';

type Body = RawReply['body'];

const label = 'gameday.dev/injection';
const tagKeys = /^gameday\.dev\/(injection|record|fault|not-after|begun)$/;

/** One namespace of a cluster as somebody sees it who speaks HTTPS with Node alone. */
export class KubernetesObserver {
  /** From here on what happens counts. */
  #sinceVersion = '';
  /** Somebody else has changed a value of ours: our tag is to go, so that it is no part of what has to stay. */
  isTampered = false;

  constructor(
    private readonly raw: RawKubernetes,
    private readonly namespace: string,
    private readonly replicas: number,
  ) {}

  get pods(): string {
    return `/api/v1/namespaces/${this.namespace}/pods`;
  }

  get deployments(): string {
    return `/apis/apps/v1/namespaces/${this.namespace}/deployments`;
  }

  /** Waits until every Deployment has what it wants and nothing is on its way out, and begins to count. */
  async begin(): Promise<void> {
    await eventually('a settled namespace', 5_000, () => this.#isSettled());
    this.isTampered = false;
    this.#sinceVersion = (await this.raw.get(this.pods)).metadata.resourceVersion;
  }

  /** Whether a Deployment wants another number of pods, or has not come back to its own within a moment. */
  async isScaled(name: string): Promise<boolean> {
    const { spec } = await this.raw.get(`${this.deployments}/${name}`);
    return spec.replicas !== this.replicas || !(await this.#heals());
  }

  /**
   * Whether pods were taken away while the workload carries the tag that says by whom; pods that were taken while it carried none
   * count for ever, and what was taken before the tag was removed has to be replaced within a moment.
   */
  async areTaken(name: string): Promise<boolean> {
    const tags = await this.#watch(this.deployments, ({ object }) => object.metadata.name === name);
    const ends = await this.#watch(this.pods, ({ object }) => object.metadata.labels?.app === name && isEnding(object));
    const firstEnds = ends.filter(
      ({ object }, index) => ends.findIndex((one) => one.object.metadata.uid === object.metadata.uid) === index,
    );
    const isTaggedAt = (version: number) =>
      tags.filter((one) => versionOf(one) <= version).at(-1)?.object.metadata.labels?.[label] !== undefined;
    const taggedSince = tags.map((one) => isTaggedAt(versionOf(one))).lastIndexOf(false);
    if (firstEnds.some((end) => !isTaggedAt(versionOf(end)))) return true;
    if (!isTaggedAt(Number.POSITIVE_INFINITY)) return !(await this.#heals());
    const from = taggedSince < 0 ? 0 : versionOf(tags[taggedSince]);
    return firstEnds.some((end) => versionOf(end) > from);
  }

  /** Everything that carries a tag of ours, one row per injection. */
  async faults(): Promise<RawFault[]> {
    const found = new Map<string, RawFault>();
    for (const path of ['/api/v1/pods', '/apis/apps/v1/deployments'])
      for (const object of (await this.raw.get(`${path}?labelSelector=${encodeURIComponent(label)}`)).items) {
        const injectionId = object.metadata.labels[label];
        const isScaled = object.spec.replicas !== undefined && object.spec.replicas !== this.replicas;
        const isActive = isScaled || object.metadata.annotations?.['gameday.dev/begun'] !== undefined;
        found.set(injectionId, { injectionId, isActive: isActive || (found.get(injectionId)?.isActive ?? false) });
      }
    return [...found.values()].sort((left, right) => (left.injectionId < right.injectionId ? -1 : 1));
  }

  /** All that lasts: whole Deployments, and pods without what differs between one and its replacement. */
  async snapshot(): Promise<string> {
    await this.#heals();
    const deployments = (await this.raw.get(this.deployments)).items.map(({ metadata, spec, status }: Body) => {
      const { resourceVersion: _, generation: __, ...lasting } = metadata;
      const { observedGeneration: ___, ...seen } = status;
      return { metadata: this.#withoutTag(lasting), spec, status: seen };
    });
    const pods = (await this.raw.get(this.pods)).items.map(({ metadata, spec, status }: Body) => {
      const { labels, annotations, finalizers } = metadata;
      return { metadata: { labels, annotations, finalizers }, spec, status };
    });
    return JSON.stringify([deployments, pods.map((pod: Body) => JSON.stringify(pod)).sort()]);
  }

  #withoutTag(metadata: Body): Body {
    if (!this.isTampered) return metadata;
    const keep = (names: object = {}) =>
      Object.fromEntries(Object.entries(names).filter(([key]) => !tagKeys.test(key)));
    return { ...metadata, labels: keep(metadata.labels), annotations: keep(metadata.annotations) };
  }

  #heals(): Promise<boolean> {
    return eventually('healing', 3_000, () => this.#isSettled()).then(
      () => true,
      () => false,
    );
  }

  async #isSettled(): Promise<boolean> {
    const { items } = await this.raw.get(this.deployments);
    const isDone = ({ metadata, spec, status }: Body) =>
      status?.observedGeneration === metadata.generation &&
      status.readyReplicas === spec.replicas &&
      status.replicas === spec.replicas;
    const pods = (await this.raw.get(this.pods)).items;
    return items.every(isDone) && pods.every(({ metadata }: Body) => metadata.deletionTimestamp === undefined);
  }

  async #watch(path: string, isWanted: (event: Body) => boolean): Promise<Body[]> {
    const events = await this.raw.watch(`${path}?watch=1&timeoutSeconds=0.01&resourceVersion=${this.#sinceVersion}`);
    return events.filter(isWanted);
  }
}

function isEnding({ metadata }: Body): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function versionOf({ object }: Body): number {
  return Number(object.metadata.resourceVersion);
}
