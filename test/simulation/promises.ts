import { admitOrFree } from '../../activities/admit';
import type { Evidence, InjectionRecord } from '../../src/domain/evidence';
import { decideVerdict } from '../../src/domain/verdict';
import type { Execution } from '../harness/isolate/execution';
import { virtualOrchestrator } from '../workflows/virtual-orchestrator';
import type { Simulated } from './simulated';

/** Every promise of the product that this story broke, each in one sentence; empty when it kept them all. */
export async function brokenPromises(simulated: Simulated): Promise<string[]> {
  return [
    ...simulated.violations,
    ...everythingEnds(simulated),
    ...nothingIsLeft(simulated),
    ...preparedIsRolledBack(simulated),
    ...approvedBefore(simulated),
    ...verdictsAreTrue(simulated),
    ...nothingInEffectAfterwards(simulated),
    ...harmIsTold(simulated),
    ...(await placesAreFree(simulated)),
  ];
}

function everythingEnds({ world, terminated }: Simulated): string[] {
  return world.temporal.runs.flatMap((run) => {
    if (run.type === 'environment' || terminated.has(run.runId)) return [];
    if (run.isOpen) return [`${run.workflowId} never ended`];
    return run.outcome?.status === 'completed' ? [] : [`${run.workflowId} ended ${run.outcome?.status ?? ''}`];
  });
}

function nothingIsLeft({ world }: Simulated): string[] {
  return world.target.traces().map((one) => `${one.injectionId} was left at its target`);
}

function preparedIsRolledBack({ world }: Simulated): string[] {
  return recordsOf(world.temporal.runs).flatMap((record) => {
    if (record.preparedAt === undefined) return [];
    if (world.target.count('rolled back', record.injectionId) === 0)
      return [`${record.injectionId} was never rolled back`];
    return record.end === 'absent' ? [] : [`${record.injectionId} ended ${record.end ?? 'without an end'}`];
  });
}

function approvedBefore({ world, plan, approvals }: Simulated): string[] {
  if (!plan.approval) return [];
  const { required } = plan.approval;
  return world.target.log
    .filter(({ act, injectionId }) => act === 'injected' && injectionId.startsWith('e1-'))
    .filter(({ atMs }) => new Set(approvals.filter((one) => one.atMs <= atMs).map((one) => one.name)).size < required)
    .map(({ injectionId }) => `${injectionId} came into effect before ${required} had approved`);
}

function verdictsAreTrue({ world }: Simulated): string[] {
  return world.stored.flatMap(({ evidence, verdict }) => {
    const again = decideVerdict(evidence);
    const differs =
      JSON.stringify(again) === JSON.stringify(verdict) ? [] : ['the verdict does not follow from the evidence'];
    return verdict.verdict === 'passed' ? [...differs, ...falseGreen(world, evidence)] : differs;
  });
}

function falseGreen({ target }: Simulated['world'], evidence: Evidence): string[] {
  const has = (purpose: string): boolean =>
    evidence.observations.some((one) => one.purpose === purpose && one.end === 'held');
  return [
    ...(has('recovery') && has('hold') && has('baseline') ? [] : ['passed without a hold and a recovery that held']),
    ...evidence.injections.flatMap(({ injectionId, effectSeen, end, hits = 0 }) => [
      ...(hits > 0 ? [] : [`passed though nothing met ${injectionId}`]),
      ...(effectSeen && end === 'absent' ? [] : [`passed though ${injectionId} had no effect or no end`]),
      ...(target.count('injected', injectionId) > 0 ? [] : [`passed though ${injectionId} was never in effect`]),
      ...(isCutShort(target, evidence, injectionId) ? [`passed though ${injectionId} ended by itself`] : []),
    ]),
    ...(evidence.stop ? ['passed though somebody stopped it'] : []),
  ];
}

/** What ends by itself after the hold, while its rollback is in trouble, was in effect for as long as it should. */
function isCutShort(target: Simulated['world']['target'], evidence: Evidence, injectionId: string): boolean {
  const stepId = evidence.injections.find((one) => one.injectionId === injectionId)?.stepId;
  const hold = evidence.observations.find((one) => one.purpose === 'hold' && stepId?.startsWith(one.stepId ?? '-'));
  const untilMs = Date.parse(hold?.endedAt ?? evidence.endedAt);
  return target.log.some(
    ({ act, atMs, injectionId: id }) => id === injectionId && (act === 'expired' || act === 'swept') && atMs < untilMs,
  );
}

/** An experiment that says that all went back must not be contradicted by its target at the time it said so. */
function nothingInEffectAfterwards({ world, features, isCalm }: Simulated): string[] {
  if (!features.hasFence && !isCalm) return [];
  return world.stored.flatMap(({ evidence, verdict }) => {
    if (verdict.rule === 1) return [];
    const endedAtMs = Date.parse(evidence.endedAt);
    return evidence.injections
      .filter(({ injectionId }) => isInEffectAt(world.target, injectionId, endedAtMs))
      .map(({ injectionId }) => `${injectionId} was in effect when the experiment ended ${verdict.verdict}`);
  });
}

function isInEffectAt(target: Simulated['world']['target'], injectionId: string, atMs: number): boolean {
  const before = target.log.filter((one) => one.injectionId === injectionId && one.atMs <= atMs);
  const last = before.findLast(({ act }) => act !== 'armed' && act !== 'refused');
  return last?.act === 'injected';
}

/** A late attempt may take a place for somebody who has ended; then the next who asks gets it. */
async function placesAreFree({ world }: Simulated): Promise<string[]> {
  const orchestrator = virtualOrchestrator(() => world.temporal);
  const holder = { id: 'next', experimentId: 'next', since: new Date(0).toISOString() };
  const answers = (['experiment', 'injection'] as const).map((kind) =>
    admitOrFree(orchestrator, 'demo', { kind, holder, max: 1 }),
  );
  await world.temporal.advance(1_000);
  const admissions = await Promise.all(answers);
  return admissions.flatMap((one) => (one.isAdmitted ? [] : [`a place was never free again: ${one.reason}`]));
}

/** What came into effect stands in the evidence as injected, whatever became of the answer. */
function harmIsTold({ world, features }: Simulated): string[] {
  // Without a marker, what ended before anybody looked has left no trace.
  if (!features.hasFence) return [];
  return world.stored.flatMap(({ evidence }) =>
    evidence.injections
      .filter(
        ({ injectionId, injectedAt }) => injectedAt === undefined && wasInEffect(world.target, injectionId, evidence),
      )
      .map(({ injectionId }) => `${injectionId} was in effect and the evidence says that nothing was injected`),
  );
}

function wasInEffect(target: Simulated['world']['target'], injectionId: string, { endedAt }: Evidence): boolean {
  return target.log.some(
    (one) => one.act === 'injected' && one.injectionId === injectionId && one.atMs <= Date.parse(endedAt),
  );
}

function recordsOf(runs: Execution[]): InjectionRecord[] {
  return runs.flatMap(({ type, outcome }) =>
    type === 'injection' && outcome?.status === 'completed' ? [outcome.result as InjectionRecord] : [],
  );
}
