import { nothing } from '../../../activities/faults/noop/nothing';
import type { BrokenDriver } from './broken-driver';
import { filesOf, removeFiles, writeActive } from './marker-files';

/** Puts a second fault beside the first when it is called again. */
export const broken: BrokenDriver = {
  line: 'inject twice equals once',
  system: 'noop',
  driver: {
    ...nothing,
    async inject(injection, tools) {
      const isAgain = (await nothing.status(injection, tools)).state === 'active';
      await nothing.inject(injection, tools);
      if (isAgain) await writeActive({ ...injection, injectionId: `${injection.injectionId}-again` }, tools);
    },
    async rollback(injection, tools) {
      await removeFiles(await filesOf(tools, `${injection.injectionId}-again`));
      return nothing.rollback(injection, tools);
    },
  },
};
