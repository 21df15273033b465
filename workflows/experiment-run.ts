import { CancellationScope, isCancellation, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { withEffect } from '../src/domain/evidence';
import type { Evidence, Stop } from '../src/domain/evidence';
import type { Observation } from '../src/domain/observation';
import { unknownPerson } from '../src/domain/person';
import type { Phase } from '../src/domain/phase';
import type { ExperimentInput, ExperimentResult, Progress } from '../src/domain/progress';
import type { Verdict } from '../src/domain/verdict';
import { describeFailure, isRefusal } from './failure';
import { Injections } from './injections';
import { abort, halt, progress } from './messages';
import { Refusal, StepsEnded } from './refusal';
import { showInLists } from './show-in-lists';

/** What an experiment knows while it runs: its evidence so far, its injections and whether somebody stopped it. */
export class ExperimentRun {
  readonly evidence: Evidence;
  readonly injections = new Injections();
  /** What a stop may cut short: everything up to the steps, and the wait for recovery; never the rollback. */
  readonly work = new CancellationScope();
  question: Progress['question'];
  /** Whether a place in the environment was asked for and is to be given back. */
  hasPlace = false;
  /** Why the evidence could not be stored, if it could not. */
  unstored: string | undefined;
  private phase: Phase = 'preflight';
  private details = '';
  private outcome: Verdict | undefined;

  constructor(readonly input: ExperimentInput) {
    this.evidence = emptyEvidence(input);
    setHandler(progress, () => this.progress());
    setHandler(abort, (message) => {
      if (message.experimentId === input.experimentId) this.stop(message.stop);
    });
    setHandler(halt, ({ environment, halt: { by, reason, at } }) => {
      if (environment === input.plan.environment.name) this.stop({ kind: 'halt', by, reason, at });
    });
    this.heedCancellation();
  }

  /** Begins a phase, visibly: in the evidence, in Temporal's list and in its page of this workflow. */
  enter(phase: Phase, details: string): void {
    this.pass(phase, details);
    this.show();
  }

  /** Shows the phase in Temporal's list. */
  show(): void {
    showInLists(this.input, { phase: this.phase });
  }

  /** Begins a phase without showing it in Temporal's list: it is over in this very task, says what it is in its end, or is shown later. */
  pass(phase: Phase, details: string): void {
    this.endPhase();
    this.phase = phase;
    this.details = details;
    this.evidence.phases.push({ phase, startedAt: now() });
    setCurrentDetails(`**${phase}**: ${details}`);
  }

  /** Ends the phase that is under way. */
  endPhase(): void {
    const last = this.evidence.phases.at(-1);
    if (last) last.endedAt ??= now();
  }

  /** Records who stopped it, once, and cuts short what may be; too late once the verdict is being decided. */
  stop(stop: Stop): void {
    if (this.phase === 'verdict' || this.evidence.stop) return;
    this.evidence.stop = stop;
    this.work.cancel();
  }

  /** Keeps what ended the first part: a refusal, a stop or an error. */
  note(error: unknown): void {
    if (error instanceof StepsEnded) return;
    if (error instanceof Refusal) this.evidence.refusals.push(...error.reasons);
    else if (isRefusal(error)) this.evidence.refusals.push(describeFailure(error));
    else if (isCancellation(error)) this.evidence.stop ??= cancelledInTemporal();
    else this.evidence.errors.push(describeFailure(error));
  }

  /** Keeps an observation and hands it back. */
  observed(observation: Observation): Observation {
    this.evidence.observations.push(observation);
    return observation;
  }

  /** Fixes the verdict; nothing changes it afterwards. */
  conclude(outcome: Verdict): void {
    this.outcome = outcome;
    showInLists(this.input, { phase: this.phase, verdict: outcome.verdict });
    setCurrentDetails(`**${outcome.verdict}**\n\n${outcome.reasons.map((reason) => `- ${reason}`).join('\n')}`);
  }

  /** What the workflow returns. */
  result(): ExperimentResult {
    const verdict: Verdict = this.outcome ?? { verdict: 'errored', rule: 2, reasons: ['no verdict was reached'] };
    const { experimentId } = this.input;
    return { experimentId, verdict, ...(this.unstored === undefined ? {} : { unstored: this.unstored }) };
  }

  /** The evidence with the injections as they stand. */
  collect(): Evidence {
    const { observations } = this.evidence;
    return {
      ...this.evidence,
      injections: this.injections.records().map((record) => withEffect(record, observations)),
    };
  }

  /** A cancellation counts as an abort at once: what it cuts short may well return instead of throwing. */
  private heedCancellation(): void {
    CancellationScope.current().cancelRequested.catch(() => this.stop(cancelledInTemporal()));
  }

  private progress(): Progress {
    return {
      phase: this.phase,
      evidence: this.collect(),
      details: this.details,
      ...(this.question ? { question: this.question } : {}),
      ...(this.outcome ? { verdict: this.outcome } : {}),
    };
  }
}

/** The workflow's clock, as data holds it. */
export function now(): string {
  return new Date(Date.now()).toISOString();
}

function cancelledInTemporal(): Stop {
  return { kind: 'abort', by: unknownPerson, reason: 'the workflow was cancelled in Temporal', at: now() };
}

function emptyEvidence(input: ExperimentInput): Evidence {
  const { experimentId, isRehearsal, plan, planHash, startedBy } = input;
  const lists = { phases: [], surveys: [], decisions: [], observations: [], injections: [], refusals: [], errors: [] };
  return { version: 1, experimentId, isRehearsal, plan, planHash, startedBy, startedAt: now(), endedAt: '', ...lists };
}
