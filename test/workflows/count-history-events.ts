import { openIsolate } from '../harness/isolate/isolate';
import type { Isolate } from '../harness/isolate/isolate';
import { workflowId } from '../../src/domain/workflow-id';
import { World, anApprovalPlan, anExperimentInput } from './world';
import { decide } from '../../workflows/messages';
import { goodSeal } from './fake-activities';
import { aPlan, anInjectStep } from '../fakes/plan';

/** What one hold costs in events, per workflow. */
export interface HistoryEvents {
  story: string;
  experiment: number;
  injection: number;
}

/** The most that either history may hold, however long the hold. */
export const eventsMax = 100;

const minute = 60_000;
const stories = [
  { story: 'a hold of 1 minute', forMs: minute, isAsked: false },
  { story: 'a hold of 8 hours', forMs: 480 * minute, isAsked: false },
  { story: 'a hold of 8 hours, approved by one person', forMs: 480 * minute, isAsked: true },
];

/** Runs whole experiments in virtual time and counts the events that a server would have kept. */
export async function countHistoryEvents(): Promise<HistoryEvents[]> {
  const isolate = await openIsolate();
  const counted: HistoryEvents[] = [];
  for (const { story, forMs, isAsked } of stories)
    counted.push({ story, ...(await countOne(isolate, forMs, isAsked)) });
  await isolate.close();
  return counted;
}

async function countOne(
  isolate: Isolate,
  forMs: number,
  isAsked: boolean,
): Promise<Pick<HistoryEvents, 'experiment' | 'injection'>> {
  const world = new World({ isolate });
  world.observer.lookEveryMs = Math.max(1_000, forMs / 100);
  world.target.isLeaseEndless = true;
  const plan = { ...(isAsked ? anApprovalPlan() : aPlan()), steps: [anInjectStep({ forMs })] };
  const id = await world.start({ plan });
  if (isAsked) await approve(world);
  const { verdict } = await world.result(id);
  if (verdict.verdict !== 'passed') throw new Error(`the experiment to be counted ended ${verdict.verdict}`);
  await world.temporal.advance(minute);
  const total = (workflow: string): number => world.temporal.run(workflow).history.total;
  return { experiment: total(workflowId.experiment(id)), injection: total(workflowId.injection('sdk:payment')) };
}

async function approve(world: World): Promise<void> {
  await world.untilPhase('approval');
  const { planHash } = anExperimentInput();
  const by = { name: 'olga', groups: ['sre'] };
  const decision = { decision: 'approved', by, planHash, targetsHash: 'targets-1', reason: 'go' } as const;
  const taken = world.temporal.update(workflowId.experiment('e1'), decide, { decision, seal: goodSeal });
  await world.temporal.advance(1);
  await taken;
}

async function report(isJson: boolean): Promise<void> {
  const counted = await countHistoryEvents();
  const isMet = counted.every((one) => Math.max(one.experiment, one.injection) < eventsMax);
  const lines = isJson ? [JSON.stringify({ eventsMax, isMet, counted }, null, 2)] : inWords(counted, isMet);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = isMet ? 0 : 1;
}

function inWords(counted: HistoryEvents[], isMet: boolean): string[] {
  return [
    ...counted.map((one) => `${one.story}: experiment ${one.experiment}, injection ${one.injection} events`),
    `${isMet ? '' : 'NOT '}each below ${eventsMax}`,
  ];
}

if (require.main === module) void report(process.argv.includes('--json'));
