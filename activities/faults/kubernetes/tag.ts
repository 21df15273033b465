import type { V1ObjectMeta } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Injection } from '../../../src/domain/injection';
import type { JsonObject } from '../../../src/domain/json';
import { readInjection, writeInjection } from '../injection-record';
import type { PatchOperation } from './kubernetes-client';

/** The label that every object of ours carries, by which the cluster alone tells all of them. */
export const injectionLabel = 'gameday.dev/injection';

const recordAnnotation = 'gameday.dev/record';
const faultAnnotation = 'gameday.dev/fault';
const notAfterAnnotation = 'gameday.dev/not-after';
const begunAnnotation = 'gameday.dev/begun';

type Metadata = Pick<V1ObjectMeta, 'labels' | 'annotations'> | undefined;

/** Whose tag an object carries, as an injection sees it. */
export type Owner = 'nobody' | 'us' | 'others';

/** Whether an object carries this very injection's tag, another one, or none. */
export function ownerOf(metadata: Metadata, injection: Injection): Owner {
  const label = metadata?.labels?.[injectionLabel];
  const record = metadata?.annotations?.[recordAnnotation];
  if (label === undefined && record === undefined) return 'nobody';
  return label === injection.injectionId && record === writeInjection(injection) ? 'us' : 'others';
}

/** The id that an object is tagged with, if any. */
export function taggedWith(metadata: Metadata): string | undefined {
  return metadata?.labels?.[injectionLabel];
}

/** The kind of fault an object is tagged with, if it says so. */
export function faultIn(metadata: Metadata): string | undefined {
  return metadata?.annotations?.[faultAnnotation];
}

/** The injection in an object's tag, or undefined when it cannot be read. */
export function injectionIn(metadata: Metadata): Injection | undefined {
  const injection = readInjection(metadata?.annotations?.[recordAnnotation] ?? '');
  return injection?.injectionId === taggedWith(metadata) ? injection : undefined;
}

/** A merge patch that tags an object, whole, and only in the version that was read; whatever had begun is not this harm. */
export function tagPatch(injection: Injection, resourceVersion: string): JsonObject {
  const { injectionId, fault, notAfter } = injection;
  const annotations = { [faultAnnotation]: fault, [notAfterAnnotation]: notAfter, [begunAnnotation]: null };
  return {
    metadata: {
      resourceVersion,
      labels: { [injectionLabel]: injectionId },
      annotations: { ...annotations, [recordAnnotation]: writeInjection(injection) },
    },
  };
}

/** Operations that fail unless the object is this one and still carries this injection's tag. */
export function testTag(injection: Injection, uid: string): PatchOperation[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: labelPath(injectionLabel), value: injection.injectionId },
    { op: 'test', path: annotationPath(recordAnnotation), value: writeInjection(injection) },
  ];
}

/** Operations that take the tag off, whole; for an object that is known to carry it. */
export function removeTag(): PatchOperation[] {
  const annotations = [recordAnnotation, faultAnnotation, notAfterAnnotation, begunAnnotation];
  return [labelPath(injectionLabel), ...annotations.map(annotationPath)].flatMap(removeWhatever);
}

/** Also removes what was added since the object was read, or is not there: `remove` alone fails where nothing is. */
function removeWhatever(path: string): PatchOperation[] {
  return [
    { op: 'add', path, value: '' },
    { op: 'remove', path },
  ];
}

/** An operation that notes that this injection's harm has begun. */
export function noteBegun({ injectionId }: Injection): PatchOperation {
  return { op: 'add', path: annotationPath(begunAnnotation), value: injectionId };
}

/** Whether it is noted that this injection's harm has begun; a note that another one left behind says nothing. */
export function hasBegun(metadata: Metadata, { injectionId }: Injection): boolean {
  return metadata?.annotations?.[begunAnnotation] === injectionId;
}

function labelPath(key: string): string {
  return `/metadata/labels/${key.replaceAll('/', '~1')}`;
}

function annotationPath(key: string): string {
  return `/metadata/annotations/${key.replaceAll('/', '~1')}`;
}
