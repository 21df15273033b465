import { setTimeout as sleep } from 'node:timers/promises';
import type { ExperimentAnswer } from '../api/answers';
import type { Evidence } from '../domain/evidence';
import { exitCodes, type Verdict } from '../domain/verdict';
import { summaryOf, type Summary } from '../report/summary';
import type { Api } from './api';
import { CliError } from './cli-error';
import { saveReport } from './save-report';
import { tellRemaining, remainingIn } from './tell-remaining';
import type { WatchedEnd } from './watch-to-end';
import type { World } from './world';

/** An experiment that has ended, ready to be printed. */
export interface Conclusion {
  summary: Summary;
  evidence: Evidence;
  exitCode: number;
}

/** Reads how an experiment ended and writes its report. Errors: it ended without a verdict. */
export async function conclude(
  world: World,
  api: Api,
  id: string,
  watched: WatchedEnd & { kind: 'ended' },
): Promise<Conclusion> {
  const { end } = watched;
  if (!end.verdict) {
    tellRemaining(world, remainingIn(watched.progress));
    throw new CliError(
      `Could not see ${id} to its verdict`,
      end.why ?? 'it ended without one',
      `"gameday status ${id}" shows what is known.`,
    );
  }
  const answer = await readEnded(api, id);
  const evidence = answer.evidence ?? answer.progress?.evidence;
  if (!evidence)
    throw new CliError(
      `Could not read the evidence of ${id}`,
      'nobody has it',
      `Its verdict is ${end.verdict.verdict}.`,
    );
  watched.tellRest(evidence);
  return concluded(evidence, end.verdict, await saveReport(world, api, id));
}

/** Sums an ended experiment up. */
export function concluded(evidence: Evidence, verdict: Verdict, report?: string): Conclusion {
  return { summary: summaryOf(evidence, verdict, report), evidence, exitCode: exitCodes[verdict.verdict] };
}

const readAttempts = 5;

// The verdict can be here an instant before the experiment's own end.
async function readEnded(api: Api, id: string): Promise<ExperimentAnswer> {
  let answer = await api.experiment(id);
  for (let attempt = 1; attempt < readAttempts && !answer.evidence; attempt++) {
    await sleep(50 * attempt);
    answer = await api.experiment(id);
  }
  return answer;
}
