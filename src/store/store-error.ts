import { postgresCauses } from './postgres-causes';
import { problemOf } from './problem';

/** What is wrong with the store: `locked` and `lost` pass by themselves, the others need a person. */
export type StoreErrorCode =
  'locked' | 'lost' | 'not-a-database' | 'unreachable' | 'full' | 'newer' | 'closed' | 'failed';

/** The store could not do what was asked; the message says what was attempted, why not and what would help. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** One thing that can be wrong, how it is known and what would help. */
export interface Cause {
  code: StoreErrorCode;
  /** Prefixes of the engine's own codes or parts of its message. */
  signs: RegExp;
  help: string;
}

const causes: Cause[] = [
  {
    code: 'locked',
    signs: /SQLITE_BUSY|SQLITE_LOCKED|40001|40P01|55P03/,
    help: 'it is locked by another process; end that one or wait',
  },
  {
    code: 'not-a-database',
    signs: /SQLITE_NOTADB|SQLITE_CORRUPT|malformed/,
    help: 'it is damaged or no database; move it aside and a new one is made',
  },
  {
    code: 'unreachable',
    signs:
      /SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_IOERR|Unable to open|EACCES|EISDIR|ENOTDIR|EEXIST|EROFS|ENOENT|EPERM/,
    help: 'it cannot be opened for writing; check that its folder exists, is a folder and may be written',
  },
  ...postgresCauses,
  { code: 'full', signs: /SQLITE_FULL|ENOSPC|53100/, help: 'its disk is full; make room' },
  { code: 'closed', signs: /not open|destroyed|after calling end/, help: 'it is closed already; open it again' },
];

/** Turns whatever the engine threw into one clear error; `attempt` is a verb phrase without the file. */
export function storeErrorOf(attempt: string, file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = describe(error);
  const cause = causes.find((one) => one.signs.test(text));
  const why = cause ? `${cause.help} (${text})` : text;
  return new StoreError(cause?.code ?? 'failed', `could not ${attempt} the evidence store ${file}: ${why}`, {
    cause: error,
  });
}

function describe(error: unknown): string {
  const { code, message } = problemOf(error);
  // The engine repeats its message inside some of its codes.
  return code === '' || code.includes('(') || message.includes(code) ? message : `${code}: ${message}`;
}
