import type { Json } from '../../../src/domain/json';
import type { Sample } from './sample';
import { condense, emptyTally, tallyCondensed, tallySample, type Condensed, type Tally } from './tally';

const blockMs = 10_000;
const exactMs = 10 * 60_000;
const keptMs = 9 * 3_600_000;
const undrainedMax = 120_000;

type Block = { startMs: number } & ({ samples: Sample[] } | { condensed: Condensed });

/**
 * The requests of one probe in bounded memory. Samples of the last ten minutes are kept one by one; older ones, up to
 * nine hours, as a histogram per ten seconds, which counts in a window only when it lies wholly inside.
 */
export class Samples {
  private blocks: Block[] = [];
  private undrained: Sample[] = [];
  private lost = 0;
  private latestMs = 0;

  /** Adds a request; an instant before the one added last is moved up to it, so that a clock set back reorders nothing. */
  add(added: Sample): void {
    const sample = { ...added, completedAtMs: Math.max(added.completedAtMs, this.latestMs) };
    this.latestMs = sample.completedAtMs;
    this.openBlock().push(sample);
    this.undrained.push(sample);
    if (this.undrained.length > undrainedMax) this.lost += this.undrained.splice(0, undrainedMax / 10).length;
  }

  /** Adds up the requests that ended in (fromMs, toMs]. */
  tally(fromMs: number, toMs: number): Tally {
    const tally = emptyTally();
    for (const block of this.blocks) {
      if (block.startMs > toMs || block.startMs + blockMs <= fromMs) continue;
      if ('samples' in block) samplesWithin(block.samples, fromMs, toMs).forEach((one) => tallySample(tally, one));
      else if (block.startMs > fromMs && block.startMs + blockMs <= toMs) tallyCondensed(tally, block.condensed);
    }
    return tally;
  }

  /** `[completedAtMs, latencyMs, outcome, id?]` of every request since the last call; `{lost: n}` first when some are gone. */
  drain(): Json[] {
    const raw = this.undrained.map(({ completedAtMs, latencyMs, outcome, id }): Json => {
      return id === undefined ? [completedAtMs, latencyMs, outcome] : [completedAtMs, latencyMs, outcome, id];
    });
    const lost: Json[] = this.lost === 0 ? [] : [{ lost: this.lost }];
    this.undrained = [];
    this.lost = 0;
    return [...lost, ...raw];
  }

  private openBlock(): Sample[] {
    const startMs = Math.floor(this.latestMs / blockMs) * blockMs;
    const last = this.blocks.at(-1);
    if (last?.startMs === startMs && 'samples' in last) return last.samples;
    this.blocks = this.blocks.filter((block) => block.startMs > startMs - keptMs).map((block) => this.aged(block));
    const samples: Sample[] = [];
    this.blocks.push({ startMs, samples });
    return samples;
  }

  private aged(block: Block): Block {
    if (!('samples' in block) || block.startMs + blockMs > this.latestMs - exactMs) return block;
    return { startMs: block.startMs, condensed: condense(block.samples) };
  }
}

function samplesWithin(samples: Sample[], fromMs: number, toMs: number): Sample[] {
  return samples.filter(({ completedAtMs }) => completedAtMs > fromMs && completedAtMs <= toMs);
}
