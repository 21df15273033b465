import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { z } from 'zod';
import type { Injection } from '../../../src/domain/injection';
import type { PatchOperation } from './kubernetes-client';

/** How many replicas a Deployment gets. */
export const scaleParams = z.strictObject({ replicas: z.number().int().min(0).max(1_000) });

const scaleOriginals = z.object({ replicas: z.number() });

/** Where the number is. */
export const replicasPath = '/spec/replicas';

/** How many pods a Deployment wants. */
export function replicasOf(deployment: V1Deployment): number {
  return deployment.spec?.replicas ?? 1;
}

/** What was asked for, and what was there before. */
export function numbersOf({ params, originals }: Injection): { wanted: number; original: number } {
  return { wanted: scaleParams.parse(params).replicas, original: scaleOriginals.parse(originals).replicas };
}

/** Operations that change the number only if it is `from`. */
export function replace(from: number, to: number): PatchOperation[] {
  return [
    { op: 'test', path: replicasPath, value: from },
    { op: 'replace', path: replicasPath, value: to },
  ];
}

/** Our value without our tag: somebody took the tag off, since a rollback of ours takes both in one write. */
export function isLeftBehind(found: V1Deployment, injection: Injection): boolean {
  const { wanted, original } = numbersOf(injection);
  return wanted !== original && replicasOf(found) === wanted;
}
