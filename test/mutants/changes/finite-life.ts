import type { Change } from '../mutant';

/** Changes after which promise 2 is not kept. */
export const finiteLife: Change[] = [
  {
    name: 'the tag of a rule does not say when it ends',
    file: 'activities/faults/sdk/rule-tag.ts',
    text: 'environment, home, notAfter, injection: writeInjection(injection) };',
    replacement: 'environment, home, injection: writeInjection(injection) };',
  },
  {
    name: 'the tag of a rule does not hold what rollback needs',
    file: 'activities/faults/sdk/rule-tag.ts',
    text: 'notAfter, injection: writeInjection(injection) };',
    replacement: 'notAfter };',
  },
  {
    name: 'a sweep without Temporal leaves what is over',
    file: 'src/sweep/decide-removal.ts',
    text: 'return { isDue: true, reason: `its notAfter',
    replacement: 'return { isDue: false, reason: `its notAfter',
  },
  {
    name: 'nothing is armed before the harm',
    file: 'workflows/injection.ts',
    text: '  await activities.armFault({ environment, isRehearsal, injection: prepared });\n',
    replacement: '',
  },
  {
    name: 'a lease is renewed beyond the hard stop',
    file: 'activities/faults/sdk/rule-life.ts',
    text: 'const leaseMs = Math.min(until.getTime(), Date.parse(injection.hardStopAt)) - now();',
    replacement: 'const leaseMs = until.getTime() - now();',
  },
  {
    name: 'a rule outlives its lease',
    file: 'sdk/src/rule-book.ts',
    text: 'if (rule === undefined || rule.leaseRemainingMs(this.now()) > 0) return rule;',
    replacement: 'if (rule === undefined || rule.content.id !== "") return rule;',
  },
];
