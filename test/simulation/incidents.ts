import { workflowId } from '../../src/domain/workflow-id';
import { abort, decide, halt, resume } from '../../workflows/messages';
import { goodSeal } from '../workflows/fake-activities';
import { openEnvironment } from '../workflows/virtual-orchestrator';
import { aStop, anExperimentInput } from '../workflows/world';
import type { Dice } from './dice';
import type { Simulated } from './simulated';

const experiment = workflowId.experiment('e1');
const locks = ['sdk:payment', 'sdk:basket'].map((key) => workflowId.injection(key));

/** What people, operators and machines do to the experiment, at random instants. */
export const incidents = {
  abort: ({ world }) => world.abort('e1', ['sdk:payment', 'sdk:basket']),
  abortExperimentOnly({ world }) {
    if (world.temporal.open(experiment)) world.abortAs('e1', experiment, aStop(new Date(0).toISOString()));
  },
  foreignAbort({ world }) {
    const stop = aStop(new Date(0).toISOString());
    for (const id of [experiment, ...locks])
      if (world.temporal.open(id)) world.temporal.signal(id, abort, { experimentId: 'e9', stop });
  },
  async haltAndResume({ world }) {
    const by = { name: 'olga', groups: ['sre'] };
    const message = { environment: 'demo', halt: { by, reason: 'incident', at: new Date(0).toISOString() } };
    await openEnvironment(world.temporal, 'demo');
    for (const id of [workflowId.environment('demo'), ...locks])
      if (world.temporal.open(id)) world.temporal.signal(id, halt, message);
    world.temporal.clock.after(30_000, () => world.temporal.signal(workflowId.environment('demo'), resume, { by }));
  },
  cancel: ({ world }) => world.temporal.cancel(experiment),
  cancelInjection: ({ world }, dice) =>
    world.temporal.cancel(dice.of(['injection:sdk:payment', 'injection:sdk:basket'])),
  terminate: (simulated) => simulated.terminate(experiment),
  terminateInjection: (simulated, dice) =>
    simulated.terminate(dice.of(['injection:sdk:payment', 'injection:sdk:basket'])),
  async reset(simulated) {
    if (!simulated.world.temporal.open(experiment)) return;
    await simulated.terminate(experiment, true);
    await simulated.world.start({ plan: simulated.plan });
  },
  killWorkers: ({ world }, dice) => world.temporal.killWorkers(dice.of([500, 2_000, 5_000, 20_000, 90_000])),
  slowExperiment({ world }, dice) {
    if (world.temporal.open(experiment)) world.temporal.pause(experiment, dice.between(1, 60) * 1_000);
  },
  async anotherExperiment({ world, plan }) {
    if (world.temporal.runs.some((run) => run.workflowId === workflowId.experiment('e2'))) return;
    const { approval: _none, ...unasked } = plan;
    await world.start({ experimentId: 'e2', plan: unasked });
  },
} satisfies Record<string, (simulated: Simulated, dice: Dice) => void | Promise<void>>;

/** People who decide, some of whom may not. */
export function scheduleDecisions({ world, approvals }: Simulated, dice: Dice): void {
  for (const name of ['olga', 'ivan', 'maria', 'eve', 'olga']) {
    world.temporal.clock.after(dice.between(500, 50_000), () => {
      if (!world.temporal.open(experiment)) return;
      const by = { name, groups: name === 'eve' ? ['marketing'] : ['sre'] };
      const { planHash } = anExperimentInput();
      const word = dice.falls(0.1) ? 'rejected' : 'approved';
      const decision = { decision: word, by, planHash, targetsHash: 'targets-1', reason: 'go' } as const;
      const seal = dice.falls(0.1) ? 'made up' : goodSeal;
      const isConsent = word === 'approved' && seal === goodSeal && name !== 'eve' && name !== 'maria';
      if (isConsent) approvals.push({ name, atMs: world.temporal.clock.nowMs });
      world.temporal.update(experiment, decide, { decision, seal }).catch(() => undefined);
    });
  }
}
