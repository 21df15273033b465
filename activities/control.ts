import { log } from '@temporalio/activity';
import { taskQueue } from '../src/domain/workflow-id';
import { injectStepsOf } from '../src/domain/step';
import type { Plan } from '../src/domain/plan';
import { admitOrFree } from './admit';
import type { ControlActivities } from './contract';
import { Refused } from './faults/refused';
import type { Tools } from './tools';

/** Light work beside the workflows. */
export function controlActivities(tools: Tools): ControlActivities {
  return {
    checkPreflight: ({ plan, planHash, isRehearsal }) => checkPreflight(tools, plan, planHash, isRehearsal),
    admitToEnvironment: ({ environment, request }) => admitOrFree(tools.orchestrator, environment, request),
    findHolder: (lockKey) => tools.orchestrator.findHolder(lockKey),
    async openSeal({ experimentId, decision, seal }) {
      if (!tools.isSealed(experimentId, decision, seal))
        throw new Refused(
          `the decision of ${decision.by.name} does not carry this server's seal; decide through the API`,
        );
    },
    async remindApprovers({ experimentId, from, expiresAt }) {
      log.warn(`experiment ${experimentId} still waits for ${from.join(', ')}; the question expires at ${expiresAt}`);
    },
    async storeEvidence({ evidence, verdict }) {
      await tools.series.deliver(evidence.experimentId);
      await (await tools.store()).saveEvidence(evidence, verdict);
      tools.metrics.concluded(verdict.verdict);
    },
  };
}

async function checkPreflight(tools: Tools, plan: Plan, planHash: string, isRehearsal: boolean): Promise<string[]> {
  const [pollers, sentinel] = await Promise.all([
    missingPollers(tools, plan),
    missingSentinel(tools, plan, isRehearsal),
  ]);
  return [...changedPlan(tools, plan, planHash), ...pollers, ...sentinel];
}

function changedPlan(tools: Tools, plan: Plan, planHash: string): string[] {
  const actual = tools.hashes.plan(plan);
  return actual === planHash
    ? []
    : [`the plan's hash is ${actual.slice(0, 12)}, not ${planHash.slice(0, 12)}; start it again`];
}

async function missingPollers(tools: Tools, plan: Plan): Promise<string[]> {
  const { name } = plan.environment;
  const queues = [taskQueue.inject(name), taskQueue.watch(name)];
  const polled = await Promise.all(queues.map((queue) => tools.orchestrator.hasPoller(queue)));
  return queues
    .filter((_queue, index) => !polled[index])
    .map((queue) => `no worker polls ${queue}; start one with: gameday worker --environment ${name}`);
}

/** What nobody but a sweep would end needs somebody who sweeps when we are gone. */
async function missingSentinel(tools: Tools, plan: Plan, isRehearsal: boolean): Promise<string[]> {
  const kinds = new Set(plan.steps.flatMap(injectStepsOf).map((step) => step.fault));
  const lasting = tools.catalogue.faults.filter((one) => kinds.has(one.kind) && one.capabilities.expiry === 'none');
  if (isRehearsal || lasting.length === 0) return [];
  const faults = lasting.map((one) => one.kind);
  const trouble = await tools.sentinelTrouble({ environment: plan.environment.name, faults });
  if (trouble === undefined) return [];
  const help = 'start one with: gameday sentinel, and see to it that it reaches the target';
  return [`${faults.join(', ')} does not expire by itself and ${trouble}; ${help}`];
}
