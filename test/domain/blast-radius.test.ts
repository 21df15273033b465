import { refuseTargets } from '../../src/domain/blast-radius';
import { targetsByLock } from '../../src/domain/fault-driver';
import type { Target } from '../../src/domain/survey';
import { injectStepsOf } from '../../src/domain/step';
import { anInjectStep, aPlan, aSurvey } from '../fakes/plan';

const target = (name: string, lockKey = `sdk:${name}`): Target => ({
  ...{ identity: `sdk:${name}`, lockKey, description: name, facts: {} },
});

describe('the blast radius', () => {
  it('lets pass what stays within it', () => expect(refuseTargets(aPlan(), [aSurvey()])).toEqual([]));

  it.each([
    ['more targets than the plan allows', { targets: [target('a'), target('b')] }, /2 targets are selected, at most 1/],
    ['more traffic than the plan allows', { trafficPercent: 41 }, /step 1 can reach 41 % of the traffic, at most 40 %/],
    ['no target at all', { targets: [], total: 7 }, /step 1 \(sdk\/error\) selects none of 7 targets/],
    ['what the driver refuses', { targets: [], refusals: ['payment is not opted in'] }, /^payment is not opted in$/],
  ])('refuses %s with the numbers', (_name, survey, reason) => {
    expect(refuseTargets(aPlan(), [aSurvey(survey)])).toEqual([expect.stringMatching(reason)]);
  });

  it('goes by the environment where that allows less than the plan', () => {
    const plan = aPlan({ blastRadius: { targetsMax: 9, trafficPercentMax: 100 } });
    const limits = { ...plan.environment.limits, targetsMax: 1, trafficPercentMax: 5 };
    const strict = { ...plan, environment: { ...plan.environment, limits } };

    const refusals = refuseTargets(strict, [aSurvey({ targets: [target('a'), target('b')], trafficPercent: 6 })]);

    expect(refusals).toEqual([expect.stringContaining('at most 1'), expect.stringContaining('at most 5 %')]);
  });

  it('refuses one lock twice in a parallel group, not in one step after the other', () => {
    const steps = [anInjectStep({ id: '1.1' }), anInjectStep({ id: '1.2' })];
    const surveys = steps.map((step) => aSurvey({ stepId: step.id }));

    expect(refuseTargets(aPlan({ steps: [{ kind: 'parallel', id: '1', steps }] }), surveys)).toEqual([
      expect.stringContaining('two steps of one parallel group would harm sdk:payment'),
    ]);
    expect(refuseTargets(aPlan({ steps }), surveys)).toEqual([]);
  });
});

describe('the targets of a step', () => {
  it('are grouped by lock, locks in sorted order whatever order they came in', () => {
    const targets = [target('c', 'z'), target('a', 'm'), target('b', 'z')];

    expect(targetsByLock(targets)).toEqual([
      ['m', [target('a', 'm')]],
      ['z', [target('c', 'z'), target('b', 'z')]],
    ]);
  });

  it('come from the inject steps of a step, and a pause has none', () => {
    const steps = [anInjectStep({ id: '1.1' }), anInjectStep({ id: '1.2' })];

    expect(injectStepsOf({ kind: 'parallel', id: '1', steps })).toEqual(steps);
    expect(injectStepsOf(anInjectStep())).toEqual([anInjectStep()]);
    expect(injectStepsOf({ kind: 'pause', id: '2', forMs: 1 })).toEqual([]);
  });
});
