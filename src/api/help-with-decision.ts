import type { Decision } from '../domain/approval';
import type { PlannedApproval } from '../domain/plan';
import type { Progress } from '../domain/progress';

/** Who or what would help after a decision was refused, from what the experiment tells of itself. */
export function helpWithDecision(experimentId: string, decision: Decision, progress: Progress | undefined): string {
  const question = progress?.question;
  if (!question) return `It waits for nobody now; "gameday status ${experimentId}" shows what it does.`;
  const { approval, planHash, targetsHash } = question;
  const isCurrent = decision.planHash === planHash && decision.targetsHash === targetsHash;
  if (isCurrent || !isAsked(decision, approval.from)) return whoWouldHelp(progress, approval);
  const hashes = `--plan-hash ${planHash} --targets-hash ${targetsHash}`;
  return `"gameday status ${experimentId}" shows what is asked now; to decide on that, name it: ${hashes}.`;
}

function isAsked({ by }: Decision, from: string[]): boolean {
  return by.groups.some((group) => from.includes(group));
}

function whoWouldHelp({ evidence }: Progress, { from, required }: PlannedApproval): string {
  const given = evidence.decisions.filter((one) => one.decision === 'approved').length;
  const others = new Set([evidence.startedBy, ...evidence.decisions.map(({ by }) => by)].map(({ name }) => name));
  const who = `${required - given} more of ${from.join(', ')}, other than ${[...others].join(' and ')}`;
  const how = `"gameday token add NAME --group ${from[0] ?? 'GROUP'}"`;
  return `It needs ${who}. Where the API runs, ${how} makes a token for such a person.`;
}
