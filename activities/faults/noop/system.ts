import { z } from 'zod';
import type { FaultSystem } from '../../../src/domain/fault-driver';

/** Where the marker files lie: an absolute path, or one that the environment file's own folder makes absolute. */
export interface NoopConnection {
  directory: string;
}

/** A name to mark: what a scenario targets, and what an environment file opts in. */
export const noopName = z.strictObject({ name: z.string().min(1) });

/** The system in which nothing can be harmed. */
export const noop: FaultSystem<NoopConnection> = {
  name: 'noop',
  summary: 'A directory in which one marker file stands for one fault; nothing is harmed.',
  connection: z.strictObject({ directory: z.string().min(1) }),
  optIn: noopName,
};
