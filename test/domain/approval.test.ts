import {
  isApproved,
  refuseDecision,
  rejectionIn,
  type ApprovalQuestion,
  type Decision,
} from '../../src/domain/approval';
import { at } from '../fakes/evidence';

const question = (over: Partial<ApprovalQuestion> = {}): ApprovalQuestion => ({
  approval: { from: ['sre', 'leads'], required: 2, expiresInMs: 60_000, remindEveryMs: 20_000 },
  startedBy: { name: 'maria', groups: ['sre'] },
  planHash: 'plan-hash-of-today',
  targetsHash: 'targets-hash-of-today',
  decisions: [],
  ...over,
});
const decision = (over: Partial<Decision> = {}): Decision => ({
  decision: 'approved',
  by: { name: 'omar', groups: ['sre'] },
  planHash: 'plan-hash-of-today',
  targetsHash: 'targets-hash-of-today',
  reason: 'looks safe',
  ...over,
});
const recorded = (name: string, word: Decision['decision'] = 'approved') => ({
  ...decision({ decision: word, by: { name, groups: ['sre'] } }),
  at: at(1),
});

describe('a decision', () => {
  it('is taken from somebody who was asked', () => {
    expect(refuseDecision(question(), decision())).toBeUndefined();
    expect(refuseDecision(question(), decision({ by: { name: 'lea', groups: ['other', 'leads'] } }))).toBeUndefined();
  });

  it.each<[string, Partial<Decision>, Partial<ApprovalQuestion>, RegExp]>([
    [
      'somebody of no group',
      { by: { name: 'eve', groups: [] } },
      {},
      /eve is in none of the groups asked \(sre, leads\); ask somebody who is/,
    ],
    ['somebody of another group', { by: { name: 'eve', groups: ['sales'] } }, {}, /in none of the groups/],
    [
      'who started it',
      { by: { name: 'maria', groups: ['sre'] } },
      {},
      /maria started this experiment and cannot approve it/,
    ],
    ['who has decided', {}, { decisions: [recorded('omar')] }, /omar has already decided/],
    ['who has rejected', {}, { decisions: [recorded('omar', 'rejected')] }, /omar has already decided/],
    [
      'somebody who saw another plan',
      { planHash: 'plan-hash-of-yesterday' },
      {},
      /names plan plan-hash-of.*look at it again/,
    ],
    ['somebody who saw other targets', { targetsHash: 'other' }, {}, /names targets other.*look at them again/],
    [
      'a rejecting somebody of no group',
      { decision: 'rejected', by: { name: 'eve', groups: [] } },
      {},
      /in none of the groups/,
    ],
  ])('is refused to %s', (_name, over, asked, reason) => {
    expect(refuseDecision(question(asked), decision(over))).toMatch(reason);
  });

  it('against it is taken also from who started it', () => {
    const rejection = decision({ decision: 'rejected', by: { name: 'maria', groups: ['sre'] } });

    expect(refuseDecision(question(), rejection)).toBeUndefined();
  });
});

describe('a question', () => {
  it.each([
    ['nobody', [], false],
    ['too few', [recorded('omar')], false],
    ['enough', [recorded('omar'), recorded('lea')], true],
    ['enough and one against', [recorded('omar'), recorded('lea'), recorded('kim', 'rejected')], false],
  ])('with the consent of %s is approved: %s', (_name, decisions, expected) => {
    expect(isApproved(question({ decisions }))).toBe(expected);
  });

  it('knows who said no', () => {
    const decisions = [recorded('omar'), recorded('kim', 'rejected')];

    expect(rejectionIn(question({ decisions }))?.by.name).toBe('kim');
    expect(rejectionIn(question())).toBeUndefined();
  });
});
