import type { Injection } from '../domain/injection';

/**
 * Whether the workflow at the fault's lock is open and holds this very injection (`ours`), is closed, absent or holds another
 * one (`not-ours`), or could not be asked (`unknown`).
 */
export type Owner = 'ours' | 'not-ours' | 'unknown';

/** What a sweep knows of the installation it runs in; the sentinel knows nothing. */
export interface Ownership {
  /** Ids of the Temporal namespaces that are ours to judge. */
  homes?: string[];
  ownerOf?: (fault: Injection) => Promise<Owner>;
}

/** Whether a fault is to be removed, and why or why not in plain words. */
export interface Removal {
  isDue: boolean;
  isUnknown?: boolean;
  reason: string;
}

/** The two rules: its `notAfter` has passed; or its home is ours and no open workflow at its lock holds it. */
export async function decideRemoval(fault: Injection, nowMs: number, { homes, ownerOf }: Ownership): Promise<Removal> {
  const { notAfter, home, lockKey } = fault;
  if (!(Date.parse(notAfter) > nowMs)) return { isDue: true, reason: `its notAfter ${notAfter} has passed` };
  const until = `may last until ${notAfter}`;
  if (ownerOf === undefined || !(homes ?? []).includes(home)) return { isDue: false, reason: until };
  switch (await ownerOf(fault)) {
    case 'not-ours':
      return { isDue: true, reason: `no open workflow at lock ${lockKey} holds it` };
    case 'ours':
      return { isDue: false, reason: `held by the workflow at lock ${lockKey}, ${until}` };
    case 'unknown':
      return { isDue: false, isUnknown: true, reason: `the workflow at lock ${lockKey} could not be asked, ${until}` };
  }
}
