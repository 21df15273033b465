import { z } from 'zod';
import type { Injection } from '../../../src/domain/injection';
import type { Target } from '../../../src/domain/survey';
import { Invalid } from '../refused';

/** A workload, so that no other cluster, namespace or namesake can be taken for it. */
export interface Workload {
  cluster: string;
  namespace: string;
  workload: string;
  workloadUid: string;
}

/** The one name under which a workload is locked, whatever is done to it. */
export function lockKeyOf({ cluster, namespace, workload }: Omit<Workload, 'workloadUid'>): string {
  return `kubernetes:${cluster}/${namespace}/${workload}`;
}

const workloadFacts = z.looseObject({
  cluster: z.string(),
  namespace: z.string(),
  workload: z.string(),
  workloadUid: z.string(),
});

const podFacts = workloadFacts.extend({ pod: z.string(), minHealthy: z.number() });

/** A pod among those of its workload. */
export type PodFacts = z.infer<typeof podFacts>;

/** The workload that all targets of an injection belong to; Invalid when they name several or none. */
export function workloadOf({ targets }: Pick<Injection, 'targets'>): Workload {
  const [first, ...others] = targets.map(({ facts }) => workloadFacts.safeParse(facts).data);
  const isOne = others.every((one) => one?.workloadUid === first?.workloadUid);
  if (first !== undefined && isOne) return first;
  throw new Invalid(
    `expected targets of one workload, found ${targets.length} targets; use one step for each workload`,
  );
}

/** What was noted of a pod when it was found; Invalid when it is no pod. */
export function podFactsOf({ facts }: Target): PodFacts {
  const parsed = podFacts.safeParse(facts);
  if (parsed.success) return parsed.data;
  throw new Invalid('expected a pod as the target; survey again');
}
