import { activityInfo, log } from '@temporalio/activity';
import { injectStepsOf } from '../src/domain/step';
import type { StepSurvey } from '../src/domain/survey';
import { admitOrFree } from './admit';
import { readBlockers } from './blockers';
import type { DriverCall, InjectActivities, Injected } from './contract';
import { readyDriver } from './driver-call';
import type { Tools } from './tools';
import type { Injection, RollbackResult } from '../src/domain/injection';
import type { Plan } from '../src/domain/plan';

type Call = DriverCall & { injection: Injection };

/** Privileged work near the targets. */
export function injectActivities(tools: Tools): InjectActivities {
  return {
    surveyTargets: (call) => survey(tools, call, call.plan),
    async admitInjection({ environment, request, blockers, experimentId }) {
      const blocked = await readBlockers(tools, environment, experimentId, blockers);
      if (blocked.length > 0) return { isAdmitted: false, isHalted: false, reason: blocked.join('; ') };
      return admitOrFree(tools.orchestrator, environment, request);
    },
    async prepareFault(call) {
      const ready = await readyDriver(tools, call, call.prepared.fault, 'valid-now');
      return ready.driver.prepare({ ...call.prepared, home: tools.home }, ready.tools);
    },
    async armFault(call) {
      const { driver, tools: handed } = await readyDriver(tools, call, call.injection.fault, 'valid-now');
      await driver.arm?.(call.injection, handed);
    },
    injectFault: (call) => inject(tools, call),
    rollBackFault: (call) => rollBack(tools, call),
  };
}

async function survey(tools: Tools, call: DriverCall, plan: Plan) {
  const surveys: StepSurvey[] = [];
  for (const step of plan.steps.flatMap(injectStepsOf)) {
    const { driver, tools: handed } = await readyDriver(tools, call, step.fault, 'valid-now');
    const found = await driver.survey({ target: step.target, params: step.params }, handed);
    surveys.push({ ...found, stepId: step.id, fault: step.fault, capabilities: driver.capabilities });
  }
  return { surveys, targetsHash: tools.hashes.targets(surveys) };
}

async function inject(tools: Tools, call: Call): Promise<Injected> {
  const { driver, tools: ready } = await readyDriver(tools, call, call.injection.fault, 'valid-now');
  const handed = { ...ready, signal: AbortSignal.any([ready.signal, timeOver()]) };
  await driver.inject(call.injection, handed);
  const injectedAt = new Date().toISOString();
  return { injectedAt, status: await driver.status(call.injection, handed) };
}

/** Where a target cannot refuse a late inject, its lock is kept no longer than an attempt may take: then it must not go on. */
function timeOver(): AbortSignal {
  return AbortSignal.timeout(activityInfo().startToCloseTimeoutMs);
}

/** Loud from the second attempt on: a fault that cannot be removed is an incident. */
async function rollBack(tools: Tools, call: Call): Promise<RollbackResult> {
  const { injection } = call;
  const { attempt, scheduledTimestampMs } = activityInfo();
  if (attempt > 1) log.error(`rollback of ${injection.injectionId} on ${injection.lockKey}: attempt ${attempt}`);
  const { driver, tools: handed } = await readyDriver(tools, call, injection.fault, 'last-valid');
  const result = await driver.rollback(injection, handed);
  const seconds = (Date.now() - scheduledTimestampMs) / 1000;
  tools.metrics.rolledBack({ injectionId: injection.injectionId, fault: injection.fault, seconds });
  return result;
}
