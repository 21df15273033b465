import { ApplicationFailure, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import { isApproved, refuseDecision, rejectionIn } from '../../src/domain/approval';
import type { ApprovalQuestion, Decision } from '../../src/domain/approval';
import { failureType } from '../../src/domain/failure-type';
import type { PlannedApproval } from '../../src/domain/plan';
import { now } from '../experiment-run';
import type { ExperimentRun } from '../experiment-run';
import { decide, decideLater } from '../messages';
import type { SealedDecision } from '../messages';
import { control, seals } from '../proxies';
import { Refusal } from '../refusal';
import { surveyTargets } from './preflight';

/** Asks the people whom the plan names, unless this is a rehearsal; a no or silence refuses. */
export async function approval(run: ExperimentRun): Promise<void> {
  const asked = run.input.plan.approval;
  if (!asked || run.input.isRehearsal) return;
  run.enter('approval', `waiting for ${asked.required} of ${asked.from.join(', ')}`);
  const question = ask(run, asked);
  try {
    await waitForDecisions(run, question, Date.now() + asked.expiresInMs);
  } finally {
    run.question = undefined;
  }
  await confirmTargets(run);
}

function ask(run: ExperimentRun, asked: PlannedApproval): ApprovalQuestion {
  const { planHash, startedBy } = run.input;
  const targetsHash = run.evidence.targetsHash ?? '';
  const { decisions } = run.evidence;
  const expiresAt = new Date(Date.now() + asked.expiresInMs).toISOString();
  run.question = { approval: asked, planHash, targetsHash, expiresAt };
  const question = { approval: asked, startedBy, planHash, targetsHash, decisions };
  setHandler(decide, (sealed) => takeDecision(run, question, sealed), {
    validator: (sealed: SealedDecision) => throwIfRefused(run, question, sealed.decision),
  });
  setHandler(decideLater, (sealed) => takeDecision(run, question, sealed).catch(() => undefined));
  return question;
}

function throwIfRefused(run: ExperimentRun, question: ApprovalQuestion, decision: Decision): void {
  const reason = run.question ? refuseDecision(question, decision) : 'nobody is asked any more';
  if (reason !== undefined) throw ApplicationFailure.nonRetryable(reason, failureType.refused);
}

/** The validator looked at the content; only an activity can look at the seal, and the world may change meanwhile. */
async function takeDecision(run: ExperimentRun, question: ApprovalQuestion, sealed: SealedDecision): Promise<void> {
  const { experimentId } = run.input;
  await CancellationScope.nonCancellable(() => seals.openSeal({ experimentId, ...sealed }));
  throwIfRefused(run, question, sealed.decision);
  run.evidence.decisions.push({ ...sealed.decision, at: now() });
}

async function waitForDecisions(run: ExperimentRun, question: ApprovalQuestion, expiresAtMs: number): Promise<void> {
  const { from, remindEveryMs, expiresInMs } = question.approval;
  const isDecided = (): boolean => isApproved(question) || rejectionIn(question) !== undefined;
  while (Date.now() < expiresAtMs) {
    const waitMs = Math.min(remindEveryMs, expiresAtMs - Date.now());
    if (await condition(isDecided, waitMs, { summary: 'approval reminder' })) break;
    const expiresAt = new Date(expiresAtMs).toISOString();
    if (Date.now() < expiresAtMs) await remind(run, from, expiresAt);
  }
  const rejection = rejectionIn(question);
  if (rejection) throw new Refusal([`rejected by ${rejection.by.name}: ${rejection.reason}`]);
  if (isApproved(question)) return;
  throw new Refusal([`approval expired after ${expiresInMs / 1000} s: nobody else of ${from.join(', ')} decided`]);
}

/** Nobody is harmed by a reminder that fails. */
async function remind(run: ExperimentRun, from: string[], expiresAt: string): Promise<void> {
  await control.remindApprovers({ experimentId: run.input.experimentId, from, expiresAt }).catch(() => undefined);
}

/** An approval is void when the targets changed since they were shown. */
async function confirmTargets(run: ExperimentRun): Promise<void> {
  const found = await surveyTargets(run);
  if (found.targetsHash === run.evidence.targetsHash) return;
  throw new Refusal(['the targets changed after they were approved; start again and have the new ones approved']);
}
