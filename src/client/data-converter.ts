import type { DataConverter } from '@temporalio/common';

/** One for client, worker and replay: error messages travel in payloads, so that a codec would cover them. */
export const dataConverter: DataConverter = {
  failureConverterPath: require.resolve('../../workflows/failure-converter'),
};
