import type { Change } from '../mutant';

/** Changes after which promise 3 is not kept. */
export const nothingHarmedBefore: Change[] = [
  {
    name: 'what a survey refuses is harmed all the same',
    file: 'src/domain/blast-radius.ts',
    text: '    ...surveys.flatMap((survey) => survey.refusals),\n',
    replacement: '',
  },
  {
    name: 'a driver harms what nobody opted in',
    file: 'activities/faults/noop/survey-name.ts',
    text: 'const isOptedIn = optedIn.some((entry) => noopName.parse(entry).name === name);',
    replacement: 'const isOptedIn = true;',
  },
  {
    name: 'a baseline that was not met is taken for one',
    file: 'workflows/phases/baseline.ts',
    text: "if (observation.end !== 'held') throw new Refusal(observation.reasons);",
    replacement: '',
  },
  {
    name: 'an old steady state is fresh enough',
    file: 'workflows/injection.ts',
    text: 'if (ageMs <= steadyStateAgeMaxMs) return undefined;',
    replacement: 'if (ageMs <= Infinity) return undefined;',
  },
  {
    name: 'whoever started an experiment may approve it',
    file: 'src/domain/approval.ts',
    text: "decision.decision === 'approved' && by.name === question.startedBy.name",
    replacement: "decision.decision === 'approved' && by.name === ''",
  },
  {
    name: 'consent to other targets counts',
    file: 'src/domain/approval.ts',
    text: 'if (decision.targetsHash !== question.targetsHash)',
    replacement: "if (decision.targetsHash === '')",
  },
  {
    name: 'consent needs no seal',
    file: 'activities/control.ts',
    text: 'if (!tools.isSealed(experimentId, decision, seal))',
    replacement: "if (!tools.isSealed(experimentId, decision, seal) && seal === '')",
  },
  {
    name: 'targets that changed after they were approved are harmed',
    file: 'workflows/phases/approval.ts',
    text: '  await confirmTargets(run);\n',
    replacement: '',
  },
  {
    name: 'a halted environment admits',
    file: 'src/domain/admission.ts',
    text: 'if (state.halted) return {',
    replacement: "if (state.halted?.reason === '') return {",
  },
  {
    name: 'an injection that was not admitted goes on',
    file: 'workflows/injection.ts',
    text: 'if (!admission.isAdmitted) return refuse(lock, admission.reason);',
    replacement: '',
  },
  {
    name: 'a fault is injected that nobody watches',
    file: 'workflows/injection.ts',
    text: 'if (!(await condition(() => lock.isWatched, watchingWithinMs, {',
    replacement: 'if (!(await condition(() => true, watchingWithinMs, {',
  },
];
