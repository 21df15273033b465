import { appendCharge, readLedger, type Charge } from './ledger';

/** Charges an order, once: asked again, also while the first is under way, it resolves to the charge already made. */
export type Charger = (orderId: string, amount: number) => Promise<Charge>;

/** Makes a charger over a ledger file; `acquire` stands for the card network and may reject, then nothing is charged. */
export function makeCharger(ledgerFile: string, acquire: () => Promise<void>): Charger {
  const charges = new Map<string, Promise<Charge>>();
  for (const charge of readLedger(ledgerFile)) charges.set(charge.orderId, Promise.resolve(charge));

  const chargeNow = async (orderId: string, amount: number): Promise<Charge> => {
    await acquire();
    const charge = { orderId, amount, chargedAt: new Date().toISOString() };
    appendCharge(ledgerFile, charge);
    return charge;
  };

  return (orderId, amount) => {
    const known = charges.get(orderId);
    if (known) return known;
    const charge = chargeNow(orderId, amount);
    charges.set(orderId, charge);
    charge.catch(() => charges.delete(orderId));
    return charge;
  };
}
