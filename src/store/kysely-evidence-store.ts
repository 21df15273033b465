import { sql, type Kysely, type Transaction } from 'kysely';
import type { Evidence } from '../domain/evidence';
import type { AuditEntry, EvidenceStore, ExperimentRow, SeriesChunk } from '../domain/evidence-store';
import type { Verdict } from '../domain/verdict';
import type { Database } from './database';
import type { Engine } from './engine';
import { orderChunks } from './order-chunks';
import {
  chunkFromTable,
  chunkToTable,
  evidenceFromTable,
  experimentFromTable,
  experimentOf,
  experimentToTable,
  storableText,
} from './rows';
import { StoreError } from './store-error';
import { whenFree } from './when-free';

/** How a store is called, how patient it is and what its engine can do. */
export interface KyselyStoreOptions {
  /** For messages only; no secret in it. */
  name: string;
  /** How long a busy lock or a lost connection is waited for. */
  waitMs: number;
  engine: Engine;
}

/** The evidence store over any engine Kysely speaks to. Errors: `StoreError`. */
export class KyselyEvidenceStore implements EvidenceStore {
  #isClosed = false;

  constructor(
    private readonly database: Kysely<Database>,
    private readonly options: KyselyStoreOptions,
  ) {}

  async writeChunk(chunk: SeriesChunk): Promise<void> {
    await this.#write('write a chunk to', (transaction) =>
      transaction
        .insertInto('chunk')
        .values(chunkToTable(chunk))
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }

  async readChunks(experimentId: string): Promise<SeriesChunk[]> {
    const rows = await this.#do('read chunks from', () =>
      this.database.selectFrom('chunk').selectAll().where('experimentId', '=', experimentId).execute(),
    );
    return orderChunks(rows.map(chunkFromTable));
  }

  async saveExperiment(row: ExperimentRow): Promise<void> {
    await this.#write('save an experiment in', (transaction) => upsertExperiment(transaction, row));
  }

  async listExperiments(limit: number): Promise<ExperimentRow[]> {
    const rows = await this.#do('list the experiments of', () =>
      this.database
        .selectFrom('experiment')
        .selectAll()
        .orderBy('startedAt', 'desc')
        .orderBy('experimentId', 'desc')
        .limit(limit)
        .execute(),
    );
    return rows.map(experimentFromTable);
  }

  async saveEvidence(evidence: Evidence, verdict: Verdict): Promise<void> {
    await this.#write('save evidence in', async (transaction) => {
      await upsertEvidence(transaction, evidence, verdict);
      await upsertExperiment(transaction, experimentOf(evidence, verdict));
    });
  }

  async readEvidence(experimentId: string): Promise<{ evidence: Evidence; verdict: Verdict } | undefined> {
    const row = await this.#do('read evidence from', () =>
      this.database
        .selectFrom('evidence')
        .select(['evidence', 'verdict'])
        .where('experimentId', '=', experimentId)
        .executeTakeFirst(),
    );
    return row && evidenceFromTable(row);
  }

  async appendAudit(entry: AuditEntry, { isOnce } = { isOnce: false }): Promise<void> {
    let isWritten = false;
    await this.#do('append to the audit in', () =>
      this.database
        .transaction()
        .execute(async (transaction) => {
          // Entries are numbered by looking at what is there.
          await this.options.engine.lock(transaction, 'audit');
          if (isOnce && (await isInAudit(transaction, entry))) return;
          await insertAudit(transaction, entry);
          isWritten = true;
        })
        .catch((error: unknown) => {
          throw isWritten ? this.#unsure('append to the audit in') : error;
        }),
    );
  }

  async listAudit(limit: number): Promise<AuditEntry[]> {
    return this.#do('list the audit of', () =>
      this.database
        .selectFrom('audit')
        .select(['at', 'by', 'action', 'subject', 'reason'])
        .orderBy('number', 'desc')
        .limit(limit)
        .execute(),
    );
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.database.destroy();
  }

  async #write(attempt: string, work: (transaction: Transaction<Database>) => Promise<unknown>): Promise<void> {
    await this.#do(attempt, () => this.database.transaction().execute(work));
  }

  /** Equal entries are entries of their own, so that one whose end is not known must not be written again. */
  #unsure(attempt: string): StoreError {
    const why = 'the connection was lost while it was committed; look whether it is there';
    return new StoreError('failed', `could not ${attempt} the evidence store ${this.options.name}: ${why}`);
  }

  #do<T>(attempt: string, work: () => Promise<T>): Promise<T> {
    const { name, waitMs } = this.options;
    if (!this.#isClosed) return whenFree(attempt, name, work, waitMs);
    const message = `could not ${attempt} the evidence store ${name}: it is closed already; open it again`;
    return Promise.reject(new StoreError('closed', message));
  }
}

/** An end that is known stays known: a late line of a start never makes an ended experiment look open. */
async function upsertExperiment(database: Transaction<Database>, row: ExperimentRow): Promise<void> {
  await database
    .insertInto('experiment')
    .values(experimentToTable(row))
    .onConflict((conflict) =>
      conflict.column('experimentId').doUpdateSet({
        scenario: (update) => update.ref('excluded.scenario'),
        environment: (update) => update.ref('excluded.environment'),
        isRehearsal: (update) => update.ref('excluded.isRehearsal'),
        startedBy: (update) => update.ref('excluded.startedBy'),
        startedAt: (update) => update.ref('excluded.startedAt'),
        endedAt: (update) => update.fn.coalesce('excluded.endedAt', 'experiment.endedAt'),
        verdict: (update) => update.fn.coalesce('excluded.verdict', 'experiment.verdict'),
      }),
    )
    .execute();
}

async function upsertEvidence(transaction: Transaction<Database>, evidence: Evidence, verdict: Verdict): Promise<void> {
  const values = { evidence: JSON.stringify(evidence), verdict: JSON.stringify(verdict) };
  await transaction
    .insertInto('evidence')
    .values({ experimentId: evidence.experimentId, ...values })
    .onConflict((conflict) => conflict.column('experimentId').doUpdateSet(values))
    .execute();
}

/** Whether this person has already done this to this subject. */
async function isInAudit(database: Transaction<Database>, { by, action, subject }: AuditEntry): Promise<boolean> {
  const found = await database
    .selectFrom('audit')
    .select('number')
    .where('by', '=', storableText(by))
    .where('action', '=', storableText(action))
    .where('subject', '=', storableText(subject))
    .executeTakeFirst();
  return found !== undefined;
}

/** Numbered by one statement, because every engine counts in its own way. */
async function insertAudit(database: Transaction<Database>, entry: AuditEntry): Promise<void> {
  await database
    .insertInto('audit')
    .columns(['number', 'at', 'by', 'action', 'subject', 'reason'])
    .expression((select) =>
      select
        .selectFrom('audit')
        .select([
          sql<number>`coalesce(max(number), 0) + 1`.as('number'),
          sql<string>`${entry.at}`.as('at'),
          sql<string>`${storableText(entry.by)}`.as('by'),
          sql<string>`${storableText(entry.action)}`.as('action'),
          sql<string>`${storableText(entry.subject)}`.as('subject'),
          sql<string>`${storableText(entry.reason)}`.as('reason'),
        ]),
    )
    .execute();
}
