import type { Person } from './person';
import type { PlannedApproval } from './plan';

/** What an approver consents to: exactly this plan on exactly these targets. */
export interface Decision {
  decision: 'approved' | 'rejected';
  by: Person;
  planHash: string;
  targetsHash: string;
  reason: string;
}

/** A decision as it was accepted. */
export interface RecordedDecision extends Decision {
  at: string;
}

/** What an approval waits for. */
export interface ApprovalQuestion {
  approval: PlannedApproval;
  startedBy: Person;
  planHash: string;
  targetsHash: string;
  decisions: RecordedDecision[];
}

/** Why a decision cannot be taken, in one sentence that says what would help; undefined when it can. */
export function refuseDecision(question: ApprovalQuestion, decision: Decision): string | undefined {
  const { by } = decision;
  const from = question.approval.from.join(', ');
  if (!by.groups.some((group) => question.approval.from.includes(group)))
    return `${by.name} is in none of the groups asked (${from}); ask somebody who is`;
  if (decision.decision === 'approved' && by.name === question.startedBy.name)
    return `${by.name} started this experiment and cannot approve it; ask another person of ${from}`;
  if (question.decisions.some((earlier) => earlier.by.name === by.name))
    return `${by.name} has already decided; ask another person of ${from}`;
  if (decision.planHash !== question.planHash)
    return `the decision names plan ${short(decision.planHash)}, the experiment's is ${short(question.planHash)}; look at it again and decide on that`;
  if (decision.targetsHash !== question.targetsHash)
    return `the decision names targets ${short(decision.targetsHash)}, the surveyed ones are ${short(question.targetsHash)}; look at them again and decide on those`;
  return undefined;
}

/** Whether enough people have consented and nobody has rejected. */
export function isApproved(question: ApprovalQuestion): boolean {
  const consents = question.decisions.filter((decision) => decision.decision === 'approved');
  return rejectionIn(question) === undefined && consents.length >= question.approval.required;
}

/** The decision that ended the question with a no, if any. */
export function rejectionIn(question: ApprovalQuestion): RecordedDecision | undefined {
  return question.decisions.find((decision) => decision.decision === 'rejected');
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
