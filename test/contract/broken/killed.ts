import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nothing } from '../../../activities/faults/noop/nothing';
import type { DriverTools } from '../../../src/domain/fault-driver';
import type { Injection } from '../../../src/domain/injection';
import type { BrokenDriver } from './broken-driver';
import { directoryOf } from './marker-files';

function undoOf(injection: Injection, tools: DriverTools<unknown>): string {
  return join(directoryOf(tools), `.undo-${injection.injectionId}`);
}

/** Writes down how to undo the harm only once it is done, and without that takes the harm for somebody else's. */
export const broken: BrokenDriver = {
  line: 'killed between any two writes',
  system: 'noop',
  driver: {
    ...nothing,
    async inject(injection, tools) {
      await nothing.inject(injection, tools);
      await writeFile(undoOf(injection, tools), '');
    },
    async rollback(injection, tools) {
      const isActive = (await nothing.status(injection, tools)).state === 'active';
      const canUndo = await access(undoOf(injection, tools)).then(
        () => true,
        () => false,
      );
      if (isActive && !canUndo) return { end: 'absent', foundActive: false, evidence: 'nothing to undo' };
      const result = await nothing.rollback(injection, tools);
      if (result.end === 'absent') await rm(undoOf(injection, tools), { force: true });
      return result;
    },
  },
};
