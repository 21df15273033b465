import type { Change } from '../mutant';

/** Changes after which promise 10 is not kept. */
export const noFalseGreen: Change[] = [
  {
    name: 'a fault that nobody met passes',
    file: 'src/domain/verdict.ts',
    text: 'if (injection.countsHits && (injection.hits ?? 0) === 0)',
    replacement: 'if (injection.countsHits && injection.hits === undefined)',
  },
  {
    name: 'a breach that came and went is forgotten',
    file: 'src/domain/verdict.ts',
    text: "observation.purpose === 'hold' ? observation.breaches.map(",
    replacement: "observation.purpose === 'hold' && observation.end === 'breached' ? observation.breaches.map(",
  },
  {
    name: 'an observer forgets what lay outside',
    file: 'src/domain/watch.ts',
    text: 'const recent = [...(state[rule.id] ?? []), seen].slice(-rule.of);',
    replacement: 'const recent = seen.isOutside ? [...(state[rule.id] ?? []), seen].slice(-rule.of) : [];',
  },
  {
    name: 'a recovery that nobody saw passes',
    file: 'src/domain/verdict.ts',
    text: "if (!hasRecovered(evidence)) reasons.push('recovery was not seen');",
    replacement: 'void hasRecovered;',
  },
  {
    name: 'a recovery that comes and goes counts',
    file: 'activities/observe/see-recovery.ts',
    text: 'if (!isInside) memory.inside = { count: 0, roundAt: at };\n  else if (isOver)',
    replacement: 'if (isInside && isOver)',
  },
  {
    name: 'a fault that ended early passes',
    file: 'activities/observe/fault-keeper.ts',
    text: 'if (!isActive)\n',
    replacement: "if (status.state === 'overdue')\n",
  },
  {
    name: 'a fault that never took effect passes',
    file: 'workflows/injection.ts',
    text: "lock.record.isActiveAfterInject = injected.status.state === 'active';",
    replacement: 'lock.record.isActiveAfterInject = true;',
  },
  {
    name: 'a later step that was refused passes',
    file: 'src/domain/verdict.ts',
    text: '    ...evidence.refusals,\n    ...evidence.errors,\n',
    replacement: '',
  },
  {
    name: 'everything but failed exits 0',
    file: 'src/cli/conclude.ts',
    text: 'exitCode: exitCodes[verdict.verdict] };',
    replacement: "exitCode: verdict.verdict === 'failed' ? 1 : 0 };",
  },
];
