/** Who owns an object, so that it goes with its owner. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
}

/** What every object carries. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  generateName?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
}

/** Those fields of any spec that the fake acts on; all others are kept as they come. */
export interface Spec {
  replicas?: number;
  selector?: { matchLabels?: Record<string, string> };
  template?: { metadata?: { labels?: Record<string, string> }; spec?: object };
  terminationGracePeriodSeconds?: number;
  nodeName?: string;
  minAvailable?: number | string;
  maxUnavailable?: number | string;
}

/** A condition of a status. */
interface Condition {
  type: string;
  status: string;
}

/** Those fields of any status that the fake writes. */
export interface Status {
  phase?: string;
  conditions?: Condition[];
  observedGeneration?: number;
  replicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  updatedReplicas?: number;
  unavailableReplicas?: number;
  expectedPods?: number;
  currentHealthy?: number;
  desiredHealthy?: number;
  disruptionsAllowed?: number;
}

/** An object as the server keeps it. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: Spec;
  status?: Status;
}

/** An object as a client sends it: what the server adds may be missing. */
export interface SentObject extends Omit<StoredObject, 'metadata'> {
  metadata: Partial<ObjectMeta>;
}

/** Whether a pod answers requests: running, ready and not on its way out. */
export function isReady({ metadata, status }: StoredObject): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return metadata.deletionTimestamp === undefined && ready?.status === 'True';
}

/** Whether an object carries all these labels; a missing selector matches nothing. */
export function carries({ metadata }: StoredObject, matchLabels: Record<string, string> | undefined): boolean {
  if (matchLabels === undefined) return false;
  return Object.entries(matchLabels).every(([key, value]) => metadata.labels?.[key] === value);
}
