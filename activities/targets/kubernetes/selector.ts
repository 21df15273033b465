import { z } from 'zod';
import { objectName } from '../../faults/kubernetes/system';

const labels = z
  .record(
    z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'expected a label key'),
    z.string().regex(/^[A-Za-z0-9._-]*$/, 'expected a label value'),
  )
  .refine((all) => Object.keys(all).length > 0, 'expected at least one label');

const amount = {
  count: z.number().int().min(1).max(1_000).exactOptional(),
  percent: z.number().gt(0).max(100).exactOptional(),
};

const eitherAmount = { error: 'expected count or percent, not both' };

/** Pods by their labels; one of them unless `count` or `percent` says otherwise, and so many that answer have to stay. */
export const podSelector = z
  .strictObject({ namespace: objectName, labels, ...amount, minHealthy: z.number().int().min(0).max(1_000).default(1) })
  .refine(({ count, percent }) => count === undefined || percent === undefined, eitherAmount);

/** Pods by their labels. */
export type PodSelector = z.infer<typeof podSelector>;

/** Deployments by name or by their labels; one of them unless `count` or `percent` says otherwise. */
export const deploymentSelector = z
  .strictObject({ namespace: objectName, name: objectName.exactOptional(), labels: labels.exactOptional(), ...amount })
  .refine(({ name, labels }) => (name === undefined) !== (labels === undefined), { error: 'expected name or labels' })
  .refine(({ count, percent }) => count === undefined || percent === undefined, eitherAmount);

/** Deployments by name or by their labels. */
export type DeploymentSelector = z.infer<typeof deploymentSelector>;

/** The selector as Kubernetes reads it. */
export function labelSelectorOf(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
