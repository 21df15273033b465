/** How long nobody may look while a fault is in effect: longer means that it is rolled back. */
export const sightMaxMs = 10_000;

/** How often leases are renewed and the fault's own system is asked. */
export const renewEveryMs = 3_000;

/** A pause between two looks longer than this stands in the evidence as a gap. */
export const gapMinMs = 3_000;
