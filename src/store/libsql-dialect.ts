import { SqliteDialect, SqliteDriver, type Driver } from 'kysely';
import Libsql from 'libsql';
import { lockAttemptMs } from './when-free';

/**
 * Speaks to an embedded SQLite-compatible file. Every transaction takes the write lock at its start: one that reads
 * first and writes later could only fail when another process wrote in between. Write in transactions alone, so that a
 * lock is met nowhere else.
 */
export class LibsqlDialect extends SqliteDialect {
  readonly #connection: Libsql.Database;

  /** Opens the file, creating it when absent. Errors: the engine's own, for `storeErrorOf`. */
  constructor(file: string) {
    const connection = openConnection(file);
    super({ database: connection });
    this.#connection = connection;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#connection);
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #connection: Libsql.Database;

  constructor(connection: Libsql.Database) {
    super({ database: connection });
    this.#connection = connection;
  }

  // Never as a prepared statement: this engine leaves one that met a lock unfinished, and as long as it is, whatever is
  // written afterwards is neither committed nor an error. `exec` finishes what it began.
  override async beginTransaction(): Promise<void> {
    this.#connection.exec('begin immediate');
  }
}

// Write-ahead logging lets readers go on while somebody writes; `normal` loses nothing when a process dies.
const pragmas = ['journal_mode = wal', 'synchronous = normal'];

function openConnection(file: string): Libsql.Database {
  const connection = new Libsql(file, { timeout: lockAttemptMs });
  try {
    for (const pragma of pragmas) connection.exec(`pragma ${pragma}`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
