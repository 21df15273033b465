import type { Charge } from '../payment/ledger';

const EXAMPLES_MAX = 5;

/** What became of the accepted orders: counts of orders, and up to five that are not charged exactly once. */
export interface Audit {
  accepted: number;
  charged: number;
  chargedOnce: number;
  missing: number;
  duplicated: number;
  unaccounted: number;
  examples: { orderId: string; charges: number }[];
}

/** Compares the accepted orders with the ledger's lines; an order not charged yet counts as missing. */
export function auditOrders(accepted: ReadonlySet<string>, charges: readonly Charge[]): Audit {
  const counts = countByOrder(charges);
  const rows = [...accepted].map((orderId) => ({ orderId, charges: counts.get(orderId) ?? 0 }));
  const unaccounted = rows.filter((row) => row.charges !== 1);
  const missing = unaccounted.filter((row) => row.charges === 0).length;
  return {
    accepted: rows.length,
    charged: rows.length - missing,
    chargedOnce: rows.length - unaccounted.length,
    missing,
    duplicated: unaccounted.length - missing,
    unaccounted: unaccounted.length,
    examples: unaccounted.slice(0, EXAMPLES_MAX),
  };
}

function countByOrder(charges: readonly Charge[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { orderId } of charges) counts.set(orderId, (counts.get(orderId) ?? 0) + 1);
  return counts;
}
