import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditOrders } from '../../examples/shop/src/auditor/audit';
import { appendCharge, readLedger } from '../../examples/shop/src/payment/ledger';

const dir = mkdtempSync(join(tmpdir(), 'ledger-'));

afterAll(() => rmSync(dir, { recursive: true }));

function aCharge(orderId: string) {
  return { orderId, amount: 100, chargedAt: '2026-01-01T00:00:00.000Z' };
}

describe('the audit', () => {
  it('counts orders that are charged once, twice and not at all, and leaves out orders nobody asked about', () => {
    const charges = ['once', 'twice', 'twice', 'of somebody else'].map(aCharge);
    expect(auditOrders(new Set(['once', 'twice', 'never']), charges)).toEqual({
      accepted: 3,
      charged: 2,
      chargedOnce: 1,
      missing: 1,
      duplicated: 1,
      unaccounted: 2,
      examples: [
        { orderId: 'twice', charges: 2 },
        { orderId: 'never', charges: 0 },
      ],
    });
  });

  it('gives five examples at most', () => {
    const audit = auditOrders(new Set('abcdefgh'), []);
    expect([audit.unaccounted, audit.examples.length]).toEqual([8, 5]);
  });

  it('reads the complete lines of a ledger that is being written', () => {
    const file = join(dir, 'ledger.jsonl');
    expect(readLedger(file)).toEqual([]);
    appendCharge(file, aCharge('a'));
    appendFileSync(file, '{"orderId":"b"');
    expect(readLedger(file)).toEqual([aCharge('a')]);
  });
});
