import type { EvidenceStore, ExperimentRow } from '../../src/domain/evidence-store';
import { decideVerdict } from '../../src/domain/verdict';
import { anEvidence, aReading, at } from '../fakes/evidence';
import { aChunk } from '../fakes/series';

/** What the suite needs of an engine: a fresh, empty place, and a way to open it as often as one likes. */
export interface StoreBench {
  /** Opens the place of the current test; each call is a client of its own. */
  open(): Promise<EvidenceStore>;
}

const row: ExperimentRow = {
  experimentId: 'payment-7f3a',
  scenario: 'checkout-survives-payment-errors',
  environment: 'demo',
  isRehearsal: false,
  startedBy: 'maria',
  startedAt: at(0),
};

/** What every engine behind the evidence store must do. */
export function evidenceStoreContract(name: string, bench: StoreBench): void {
  describe(`the evidence store on ${name}`, () => {
    let store: EvidenceStore;
    beforeEach(async () => {
      store = await bench.open();
    });
    afterEach(() => store.close());

    it('gives back a chunk exactly as it was written', async () => {
      const chunk = aChunk({
        readings: [aReading({ value: 'closed' }), { ...aReading(), value: 0.1 + 0.2 }],
        samples: [{ id: 'ü "quoted"; drop table chunk', tookMs: 12.5, isLate: null }],
      });

      await store.writeChunk(chunk);

      expect(await store.readChunks(chunk.experimentId)).toEqual([chunk]);
    });

    it('keeps the first of two chunks with one key', async () => {
      await store.writeChunk(aChunk());
      await store.writeChunk(aChunk({ readings: [] }));

      expect(await store.readChunks('payment-7f3a')).toEqual([aChunk()]);
    });

    it('orders chunks by the start of their observation, then signal, then number', async () => {
      const readings = [aReading({ at: at(5) })];
      const wanted = [
        aChunk({ observation: 'z-baseline', signal: 'p95', number: 2, readings: [] }),
        aChunk({ observation: 'z-baseline', signal: 'p95', number: 10, readings }),
        aChunk({ observation: 'a-hold', signal: 'errors' }),
        aChunk({ observation: 'a-hold', signal: 'p95' }),
      ];
      for (const chunk of [...wanted].reverse()) await store.writeChunk(chunk);

      expect(await store.readChunks('payment-7f3a')).toEqual(wanted);
    });

    it('gives back no chunks of another experiment', async () => {
      await store.writeChunk(aChunk({ experimentId: 'other' }));

      expect(await store.readChunks('payment-7f3a')).toEqual([]);
    });

    it('lists experiments newest first and no more than asked for', async () => {
      await store.saveExperiment({ ...row, experimentId: 'first', startedAt: at(1) });
      await store.saveExperiment({ ...row, experimentId: 'third', startedAt: at(3), isRehearsal: true });
      await store.saveExperiment({ ...row, experimentId: 'second', startedAt: at(2) });

      const listed = await store.listExperiments(2);

      expect(listed).toEqual([
        { ...row, experimentId: 'third', startedAt: at(3), isRehearsal: true },
        { ...row, experimentId: 'second', startedAt: at(2) },
      ]);
    });

    it('knows no evidence of an experiment that has not ended', async () => {
      await store.saveExperiment(row);

      expect(await store.readEvidence(row.experimentId)).toBeUndefined();
    });

    it('gives back evidence and verdict exactly as saved, the last of two savings', async () => {
      const early = anEvidence({ observations: [] });
      const late = anEvidence({ errors: ['the store was away for 30 s'] });

      await store.saveEvidence(early, decideVerdict(early));
      await store.saveEvidence(late, decideVerdict(late));

      expect(await store.readEvidence(late.experimentId)).toEqual({ evidence: late, verdict: decideVerdict(late) });
    });

    it('brings the line of the list up to date with the evidence', async () => {
      const evidence = anEvidence();
      await store.saveExperiment(row);

      await store.saveEvidence(evidence, decideVerdict(evidence));

      expect(await store.listExperiments(10)).toEqual([{ ...row, endedAt: evidence.endedAt, verdict: 'passed' }]);
    });

    it('does not forget an end when the line of the start comes late', async () => {
      const evidence = anEvidence();
      await store.saveEvidence(evidence, decideVerdict(evidence));

      await store.saveExperiment(row);

      expect(await store.listExperiments(10)).toEqual([{ ...row, endedAt: evidence.endedAt, verdict: 'passed' }]);
    });

    it('keeps every audit entry, also equal ones, newest first', async () => {
      const entry = { at: at(1), by: 'maria', action: 'abort', subject: 'payment-7f3a', reason: 'a real incident' };
      await store.appendAudit(entry);
      await store.appendAudit({ ...entry, action: 'halt' });
      await store.appendAudit({ ...entry, action: 'halt' });

      const listed = await store.listAudit(2);

      expect(listed).toEqual([
        { ...entry, action: 'halt' },
        { ...entry, action: 'halt' },
      ]);
      expect(await store.listAudit(10)).toHaveLength(3);
    });

    it('keeps an act that happens once per person and subject once, however often it is told', async () => {
      const entry = { at: at(1), by: 'maria', action: 'approve', subject: 'payment-7f3a', reason: 'fine' };
      const others = [{ by: 'olga' }, { action: 'reject' }, { subject: 'payment-8a4b' }];
      const told = [entry, entry, { ...entry, at: at(2) }, ...others.map((other) => ({ ...entry, ...other }))];

      for (const one of told) await store.appendAudit(one, { isOnce: true });

      const newestFirst = [...others].reverse().map((other) => ({ ...entry, ...other }));
      expect(await store.listAudit(10)).toEqual([...newestFirst, entry]);
    });

    it('keeps everything when it is closed and opened again', async () => {
      await store.writeChunk(aChunk());
      await store.close();

      store = await bench.open();

      expect(await store.readChunks('payment-7f3a')).toEqual([aChunk()]);
    });

    it('lets many clients open and write at once', async () => {
      const clients = await Promise.all(Array.from({ length: 6 }, () => bench.open()));

      await Promise.all(clients.map((client, index) => client.writeChunk(aChunk({ number: index }))));

      expect(await store.readChunks('payment-7f3a')).toHaveLength(6);
      await Promise.all(clients.map((client) => client.close()));
    });

    it('says that it is closed instead of pretending to write', async () => {
      await store.close();
      await store.close();

      await expect(store.writeChunk(aChunk())).rejects.toThrow('it is closed already; open it again');
    });
  });
}
