import type { Change } from '../mutant';

/** Changes after which promise 6 is not kept. */
export const missingData: Change[] = [
  {
    name: 'an unknown steady state is a good one',
    file: 'activities/observe/see-baseline.ts',
    text: 'const refused = unknownAmong(readings) ?? breachedBy(look, readings);',
    replacement: 'const refused = breachedBy(look, readings);',
  },
  {
    name: 'sight that was lost is never reported',
    file: 'activities/observe/see-hold.ts',
    text: 'blockers.blocked() ?? lostSight(look, nowMs) ?? (await troubled(look, nowMs))',
    replacement: 'blockers.blocked() ?? (await troubled(look, nowMs))',
  },
  {
    name: 'leases are renewed without sight',
    file: 'activities/observe/fault-keeper.ts',
    text: 'if (isOwned && this.isInSight() && !this.isClosed) await this.renew(injection);',
    replacement: 'if (isOwned && !this.isClosed) await this.renew(injection);',
  },
  {
    name: 'leases are renewed of which nobody knows who holds them',
    file: 'activities/observe/fault-keeper.ts',
    text: 'if (isOwned && this.isInSight() && !this.isClosed) await this.renew(injection);',
    replacement: 'if (this.isInSight() && !this.isClosed) await this.renew(injection);',
  },
  {
    name: 'a fault of which nothing is known counts as seen',
    file: 'activities/observe/fault-keeper.ts',
    text: "if (status.state === 'unknown') return;",
    replacement: "if (status.state === 'unknown') return void this.statusSeenAtMs.set(injectionId, Date.now());",
  },
  {
    name: 'an unknown blocker does not block',
    file: 'activities/blockers.ts',
    text: "if (reading.state !== 'ok') return `blocker",
    replacement: "if (reading.state !== 'ok') return undefined && `blocker",
  },
  {
    name: 'a watcher that was away goes on',
    file: 'activities/observe/observe.ts',
    text: "if (input.purpose !== 'hold' || pauseMs <= sightMaxMs) return undefined;",
    replacement: "if (input.purpose !== 'hold' || pauseMs <= Infinity) return undefined;",
  },
  {
    name: 'a signal without a word in a recovery is inside',
    file: 'activities/observe/see-recovery.ts',
    text: "return last?.state === 'ok' && !seenBy(expected, last, baseline).isOutside;",
    replacement: "return last?.state !== 'ok' || !seenBy(expected, last, baseline).isOutside;",
  },
  {
    name: 'injections that say nothing are waited for',
    file: 'activities/observe/wait-for-effect.ts',
    text: 'if (silentMs <= sightMaxMs) return undefined;',
    replacement: 'if (silentMs <= Infinity) return undefined;',
  },
  {
    name: 'nobody looks before the last fault of a group is in effect',
    file: 'activities/observe/see-hold.ts',
    text: 'return memory.heldFromMs === undefined && memory.effectFromMs !== undefined;',
    replacement: 'return memory.heldFromMs !== undefined;',
  },
];
