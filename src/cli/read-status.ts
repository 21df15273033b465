import type { EnvironmentAnswer, ExperimentAnswer } from '../api/answers';
import type { Phase } from '../domain/phase';
import type { OpenInjection } from '../domain/progress';
import type { Api } from './api';
import { CliError } from './cli-error';
import { doingText } from './text/doing-text';

/** Everything that is going on, as `--json` prints it. */
export interface Status {
  /** Every environment with a file, and those without one that are halted. */
  environments: EnvironmentAnswer[];
  /** The ids of open experiments. */
  open: string[];
  experiments: OpenExperiment[];
  injections: StatusInjection[];
  /** What could not be asked, in plain words. */
  troubles: string[];
}

/** An open experiment as far as it could be asked. */
export interface OpenExperiment {
  experimentId: string;
  scenario?: string;
  environment?: string;
  isRehearsal?: boolean;
  startedBy?: string;
  phase?: Phase;
  phaseStartedAt?: string;
  /** In plain words. */
  doing?: string;
}

/** An open injection with what it harms. */
export interface StatusInjection extends OpenInjection {
  /** For people; empty when its experiment cannot tell. */
  targets: string[];
  injectedAt?: string;
  notAfter?: string;
}

/** Asks the API for everything at once; an experiment that does not answer is named by its id alone. */
export async function readStatus(api: Api): Promise<Status> {
  const [listed, { injections }, read] = await Promise.all([api.experiments(1), api.injections(), api.environments()]);
  const asked = await Promise.all(listed.open.map((id) => ask(api, id)));
  const answers = asked.flatMap((one) => ('answer' in one ? [one.answer] : []));
  const away = asked.flatMap((one) => ('trouble' in one ? [one.trouble] : []));
  return {
    environments: read.environments,
    open: listed.open,
    experiments: listed.open.map((id) => experimentOf(id, answers)),
    injections: injections.map((one) => injectionOf(one, answers)),
    troubles: [...new Set([...listed.troubles, ...read.troubles, ...away])],
  };
}

async function ask(api: Api, id: string): Promise<{ answer: ExperimentAnswer } | { trouble: string }> {
  try {
    return { answer: await api.experiment(id) };
  } catch (error) {
    if (error instanceof CliError) return { trouble: `${error.message}: ${error.why}` };
    throw error;
  }
}

function experimentOf(experimentId: string, answers: ExperimentAnswer[]): OpenExperiment {
  const progress = answers.find((one) => one.experimentId === experimentId)?.progress;
  if (!progress) return { experimentId };
  const { plan, isRehearsal, startedBy, phases } = progress.evidence;
  const since = phases.findLast((one) => one.phase === progress.phase)?.startedAt;
  return {
    ...{ experimentId, scenario: plan.name, environment: plan.environment.name, isRehearsal },
    ...{ startedBy: startedBy.name, phase: progress.phase, doing: doingText(progress) },
    ...(since === undefined ? {} : { phaseStartedAt: since }),
  };
}

function injectionOf(open: OpenInjection, answers: ExperimentAnswer[]): StatusInjection {
  const records = answers.flatMap((one) => (one.progress?.evidence ?? one.evidence)?.injections ?? []);
  const record = records.find((one) => one.injectionId === open.injectionId);
  const { targets = [], injectedAt, notAfter } = record ?? {};
  return {
    ...{ ...open, targets },
    ...(injectedAt === undefined ? {} : { injectedAt }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}
