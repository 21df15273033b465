import type { Change } from '../mutant';

/** Changes after which promise 5 is not kept. */
export const onlyWhatIsOurs: Change[] = [
  {
    name: 'a rollback removes a rule that somebody changed',
    file: 'activities/faults/sdk/remove-rule.ts',
    text: 'if (before !== undefined && !isUnchanged(before, content))',
    replacement: "if (before !== undefined && before.id === '')",
  },
  {
    name: 'a rollback removes a marker that is not ours',
    file: 'activities/faults/noop/nothing.ts',
    text: "if (looks.includes('foreign'))",
    replacement: 'if (looks.length === 0)',
  },
  {
    name: 'a file that is no marker is not told',
    file: 'activities/faults/noop/nothing.ts',
    text: '      strangers.map((name) =>',
    replacement: '      strangers.slice(strangers.length).map((name) =>',
  },
  {
    name: 'a fault is put over another one',
    file: 'activities/faults/sdk/rule-survey.ts',
    text: ', ...rules.map((rule) => taken(wish, rule))];',
    replacement: '];',
  },
  {
    name: 'a drifted target counts as gone',
    file: 'src/domain/verdict.ts',
    text: "return injection.end === 'absent' || injection.end === 'gone';",
    replacement: "return injection.end !== undefined && injection.end !== 'failed';",
  },
];
