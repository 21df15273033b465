import type { EnvironmentState, Halt } from '../../src/domain/admission';
import type { Decision } from '../../src/domain/approval';
import type { Stop } from '../../src/domain/evidence';
import type { Person } from '../../src/domain/person';
import type { ExperimentInput, ExperimentResult, OpenInjection, Progress } from '../../src/domain/progress';
import type { Verdict } from '../../src/domain/verdict';
import { GamedayError, type Gameday } from '../../src/client/gameday';
import { aProgress } from './make';

interface Run {
  input: ExperimentInput;
  progress: Progress;
  result: Promise<ExperimentResult>;
  settle: { resolve(result: ExperimentResult): void; reject(error: Error): void };
  isOpen: boolean;
}

/** Temporal's side of the product in memory; `outage` makes every call fail or hang. */
export class FakeGameday implements Gameday {
  readonly runs = new Map<string, Run>();
  readonly aborted: [string, Stop][] = [];
  readonly halted: [string, Halt][] = [];
  readonly resumed: [string, Person][] = [];
  readonly decided: [string, Decision][] = [];
  readonly released: [string, Person, string][] = [];
  readonly environments = new Map<string, EnvironmentState>();
  injections: OpenInjection[] = [];
  outage: 'none' | 'refuses' | 'hangs' | 'no-worker' = 'none';
  refusal: string | undefined;

  async start(input: ExperimentInput): Promise<void> {
    await this.answer();
    let settle: Run['settle'] = { resolve: () => undefined, reject: () => undefined };
    const result = new Promise<ExperimentResult>((resolve, reject) => {
      settle = { resolve, reject };
    });
    result.catch(() => undefined);
    this.runs.set(input.experimentId, { input, progress: aProgress(input), result, settle, isOpen: true });
  }

  async progress(experimentId: string): Promise<Progress> {
    await this.answer();
    if (this.outage === 'no-worker') await new Promise(() => undefined);
    return this.run(experimentId).progress;
  }

  async result(experimentId: string): Promise<ExperimentResult> {
    await this.answer();
    return this.run(experimentId).result;
  }

  async isOpen(experimentId: string): Promise<boolean> {
    await this.answer();
    return this.run(experimentId).isOpen;
  }

  async decide(experimentId: string, decision: Decision): Promise<void> {
    await this.answer();
    this.run(experimentId);
    if (this.refusal) throw new GamedayError('refused', this.refusal);
    this.decided.push([experimentId, decision]);
  }

  async abort(experimentId: string, stop: Stop): Promise<void> {
    await this.answer();
    this.run(experimentId);
    this.aborted.push([experimentId, stop]);
  }

  async halt(environment: string, halt: Halt): Promise<{ injectionsTold: number }> {
    await this.answer();
    this.halted.push([environment, halt]);
    return { injectionsTold: this.injections.length };
  }

  async resume(environment: string, by: Person): Promise<void> {
    await this.answer();
    this.resumed.push([environment, by]);
  }

  async environment(name: string): Promise<EnvironmentState | undefined> {
    await this.answer();
    return this.environments.get(name);
  }

  async environmentNames(): Promise<string[]> {
    await this.answer();
    return [...this.environments.keys()];
  }

  async openInjections(): Promise<OpenInjection[]> {
    await this.answer();
    return this.injections;
  }

  async openExperiments(): Promise<string[]> {
    await this.answer();
    return [...this.runs].filter(([, run]) => run.isOpen).map(([id]) => id);
  }

  async release(injectionId: string, by: Person, reason: string): Promise<void> {
    await this.answer();
    this.released.push([injectionId, by, reason]);
  }

  async close(): Promise<void> {}

  /** Moves an experiment on. */
  change(experimentId: string, progress: Partial<Progress>): void {
    const run = this.run(experimentId);
    run.progress = { ...run.progress, ...progress };
  }

  /** Ends an experiment with a verdict. */
  end(experimentId: string, verdict: Verdict): void {
    const run = this.run(experimentId);
    run.isOpen = false;
    run.progress = { ...run.progress, phase: 'verdict', verdict };
    run.settle.resolve({ experimentId, verdict });
  }

  /** Ends an experiment the way Temporal's own terminate does. */
  terminate(experimentId: string): void {
    const run = this.run(experimentId);
    run.isOpen = false;
    run.settle.reject(new GamedayError('ended-otherwise', `experiment ${experimentId} was terminated`));
  }

  run(experimentId: string): Run {
    const run = this.runs.get(experimentId);
    if (!run) throw new GamedayError('not-found', `there is no experiment ${experimentId}`);
    return run;
  }

  private async answer(): Promise<void> {
    if (this.outage === 'refuses') throw new Error('connect ECONNREFUSED 127.0.0.1:7233');
    if (this.outage === 'hangs') await new Promise(() => undefined);
  }
}
