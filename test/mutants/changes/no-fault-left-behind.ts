import type { Change } from '../mutant';

/** Changes after which promise 1 is not kept. */
export const noFaultLeftBehind: Change[] = [
  {
    name: 'the experiment rolls nothing back and gives no lock back',
    file: 'workflows/experiment.ts',
    text: '      await rollback(run);\n      await recovery(run);\n',
    replacement: '',
  },
  {
    name: 'a cancellation reaches the rollback of an injection',
    file: 'workflows/injection.ts',
    text: 'await CancellationScope.nonCancellable(() => leaveNothingBehind(input, lock));',
    replacement: 'await leaveNothingBehind(input, lock);',
  },
  {
    name: 'an injection has no hard stop',
    file: 'workflows/lock.ts',
    text: "return leftMs > 0 && (await condition(() => this.isStopping, leftMs, { summary: 'hard stop' }));",
    replacement: 'await condition(() => this.isStopping); return leftMs > 0;',
  },
  {
    name: 'a rollback is given up after three attempts',
    file: 'workflows/proxies.ts',
    text: "startToCloseTimeout: '20s',\n    retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '5s' },\n  });\n}\n\n/** Watching",
    replacement:
      "startToCloseTimeout: '20s',\n    retry: { initialInterval: '500ms', maximumAttempts: 3 },\n  });\n}\n\n/** Watching",
  },
  {
    name: 'what arrives late at a target without a fence is not rolled back again',
    file: 'workflows/leave-nothing-behind.ts',
    text: '    await settle(input, lock, injection);\n',
    replacement: '',
  },
  {
    name: 'the sweep leaves the faults of closed workflows',
    file: 'src/sweep/decide-removal.ts',
    text: 'return { isDue: true, reason: `no open workflow',
    replacement: 'return { isDue: false, reason: `no open workflow',
  },
  {
    name: 'one driver that fails ends the sweep of all',
    file: 'src/sweep/sweep.ts',
    text: 'await Promise.all(works);',
    replacement: 'await Promise.race(works);',
  },
];
