import type { EnvironmentAnswer } from '../../api/answers';
import type { OpenExperiment, Status, StatusInjection } from '../read-status';
import { table } from './table';

/** Everything that is going on, for people: what is halted first, then what is open and what it harms. */
export function statusText({ environments, experiments, injections }: Status, nowMs: number): string {
  return [
    ...environments.flatMap(haltText),
    ...section(
      'No experiment is open.',
      'Open experiments:',
      experiments.map((one) => experimentRow(one, nowMs)),
    ),
    ...section('No injection is open.', 'Open injections:', injections.map(injectionRow)),
  ].join('\n');
}

function haltText({ name, halted }: EnvironmentAnswer): string[] {
  if (!halted) return [];
  const { by, at, reason } = halted;
  return [`HALTED  ${name}: by ${by.name} since ${at}: ${reason}`, `        gameday resume ${name} --reason "…"`];
}

function section(none: string, title: string, rows: string[][]): string[] {
  return rows.length === 0 ? [none] : [title, indented(table(rows))];
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

function experimentRow({ experimentId, scenario, environment, ...rest }: OpenExperiment, nowMs: number): string[] {
  if (scenario === undefined || environment === undefined) return [experimentId, 'does not answer', '', '', ''];
  const what = rest.isRehearsal ? `${scenario} (rehearsal)` : scenario;
  return [experimentId, what, environment, phaseText(rest, nowMs), rest.doing ?? ''];
}

/** A phase with how long it has lasted. */
export function phaseText({ phase, phaseStartedAt }: Pick<OpenExperiment, 'phase' | 'phaseStartedAt'>, nowMs: number) {
  if (phase === undefined) return '';
  if (phaseStartedAt === undefined) return phase;
  return `${phase} for ${Math.max(0, Math.round((nowMs - Date.parse(phaseStartedAt)) / 1000))} s`;
}

function injectionRow(one: StatusInjection): string[] {
  const harms = `${one.fault} on ${one.targets.join(', ') || one.lockKey}`;
  const since = one.injectedAt === undefined ? `open since ${one.startedAt}` : `in effect since ${one.injectedAt}`;
  const until = one.notAfter === undefined ? '' : `gone by ${one.notAfter} whatever happens`;
  return [one.injectionId, harms, one.lockKey, one.environment, since, until];
}
