import type { Change } from '../mutant';

/** Changes after which promise 8 is not kept. */
export const stopAlwaysWorks: Change[] = [
  {
    name: 'an abort is heeded by the experiment alone',
    file: 'workflows/lock.ts',
    text: 'if (message.experimentId === experimentId) this.stop(',
    replacement: "if (message.experimentId === '') this.stop(",
  },
  {
    name: 'a halt is heeded by nobody who holds a fault',
    file: 'workflows/lock.ts',
    text: 'if (message.environment === environment) this.stop(',
    replacement: "if (message.environment === '') this.stop(",
  },
  {
    name: 'a halt is told to nobody',
    file: 'workflows/environment.ts',
    text: '  await Promise.all(ids.map((id) => tell(id, message)));\n',
    replacement: '  await Promise.all(ids.slice(ids.length).map((id) => tell(id, message)));\n',
  },
  {
    name: 'a cancellation reaches the rollback',
    file: 'workflows/experiment.ts',
    text: 'await CancellationScope.nonCancellable(async () => {',
    replacement: 'await CancellationScope.cancellable(async () => {',
  },
  {
    name: 'without Temporal only what is over is removed',
    file: 'src/cli/offline/remove-faults.ts',
    text: 'await sweep(isAll ? { ...request, ...ownersOfAll(catalogue.faults) } : request);',
    replacement: 'await sweep(request);',
  },
];
