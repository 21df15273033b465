import { DefaultFailureConverter, defaultPayloadConverter, toPayloads } from '@temporalio/common';
import type { Payload, ProtoFailure } from '@temporalio/common';
import { arrayFromPayloads } from '@temporalio/common/lib/converter/payload-converter';

const failures = new DefaultFailureConverter({ encodeCommonAttributes: true });

/** Arguments as a workflow receives them. */
export function encode(...values: unknown[]): Payload[] {
  return toPayloads(defaultPayloadConverter, ...values) ?? [];
}

/** The first of the values that a workflow sent; undefined when it sent none. */
export function decode(payload: Payload | null | undefined): unknown {
  return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
}

/** All values that a workflow sent. */
export function decodeAll(payloads: Payload[] | null | undefined): unknown[] {
  return arrayFromPayloads(defaultPayloadConverter, payloads);
}

/** An error as a workflow receives it. */
export function encodeFailure(error: unknown): ProtoFailure {
  return failures.errorToFailure(error, defaultPayloadConverter);
}

/** An error that a workflow sent. */
export function decodeFailure(failure: ProtoFailure | null | undefined): Error {
  return failures.failureToError(failure ?? { message: 'no failure was given' }, defaultPayloadConverter);
}
