import { DefaultFailureConverter } from '@temporalio/common';

/** Puts error messages and stacks into payloads, so that a codec covers them as it covers everything else. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
