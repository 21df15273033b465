import type { Evidence } from '../domain/evidence';
import type { SeriesChunk } from '../domain/evidence-store';
import type { Json } from '../domain/json';
import type { Reading } from '../domain/signal';
import { seriesOf } from '../domain/series';
import type { Verdict } from '../domain/verdict';
import { summaryOf, type Summary } from './summary';

/** The report for machines: the summary, the whole evidence and every reading. */
export interface JsonReport extends Summary {
  rule: Verdict['rule'];
  evidence: Evidence;
  series: SignalSeries[];
}

/** All readings of one signal in order of time, and the raw observations it declared. */
interface SignalSeries {
  signal: string;
  unit: string;
  windowMs: number;
  everyMs: number;
  readings: Reading[];
  samples: Json[];
}

/** Renders the machine form; equal evidence gives equal text. */
export function renderJson(evidence: Evidence, verdict: Verdict, chunks: SeriesChunk[]): string {
  const report: JsonReport = {
    ...summaryOf(evidence, verdict),
    rule: verdict.rule,
    evidence,
    series: evidence.plan.signals.map(({ name, unit, windowMs, everyMs }) => ({
      ...{ signal: name, unit, windowMs, everyMs },
      readings: seriesOf(chunks, name),
      samples: chunks.filter((chunk) => chunk.signal === name).flatMap((chunk) => chunk.samples),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
