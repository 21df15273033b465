import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutant';
import { ProjectCopy } from './project-copy';
import { promiseFiles, runPromiseTests, type PromiseRun } from './run-promise-tests';

const lanes = 2;

type Job = (copy: ProjectCopy) => Promise<PromiseRun>;

/** Runs of promise tests, two at a time, each lane in a copy of the project of its own. */
export class MutantRuns {
  private readonly home = mkdtempSync(join(tmpdir(), 'gameday-mutants-'));
  private readonly waiting: ((copy: ProjectCopy) => Promise<void>)[] = [];
  private working: Promise<void>[] = [];

  /** Puts the tests of all promises on the list, with nothing changed. */
  unchanged(): Promise<PromiseRun> {
    return this.add(({ folder }) => runPromiseTests(folder, promiseFiles(folder)));
  }

  /** Puts the tests of one promise on the list, with one change. */
  mutant(mutant: Mutant): Promise<PromiseRun> {
    return this.add((copy) =>
      copy.withMutant(mutant, () => runPromiseTests(copy.folder, promiseFiles(copy.folder, mutant.promise))),
    );
  }

  /** Begins to work through the list. */
  start(): void {
    this.working = Array.from({ length: lanes }, (_none, lane) => this.workIn(`lane-${lane + 1}`));
  }

  /** Resolves when nothing is left to do, and leaves nothing on the disk. */
  async end(): Promise<void> {
    this.waiting.splice(0);
    await Promise.allSettled(this.working);
    rmSync(this.home, { recursive: true, force: true });
  }

  private add(job: Job): Promise<PromiseRun> {
    const run = new Promise<PromiseRun>((resolve, reject) => {
      this.waiting.push((copy) => job(copy).then(resolve, reject));
    });
    // Whoever asks later still hears of it.
    run.catch(() => undefined);
    return run;
  }

  private async workIn(lane: string): Promise<void> {
    const copy = new ProjectCopy(join(this.home, lane));
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) await next(copy);
  }
}
