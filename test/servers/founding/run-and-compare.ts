import { z } from 'zod';
import type { Evidence } from '../../../src/domain/evidence';
import { documentOf } from '../../harness/run-process';
import type { Expectation } from '../../scenarios/expected';
import type { CatalogueWorkplace } from './catalogue-workplace';

const report = z.object({ evidence: z.custom<Evidence>() });

/**
 * Runs a scenario and compares verdict, exit code and reason with what is expected; nothing of ours is left afterwards.
 * Resolves to the evidence.
 */
export async function runAndCompare(place: CatalogueWorkplace, words: string[], one: Expectation): Promise<Evidence> {
  const ended = await place.run(['run', ...words, '--json']);
  const { experimentId, verdict, reasons } = documentOf(ended);
  process.stdout.write(`${one.variant ?? 'as shipped'}: ${verdict}: ${reasons.join('; ')}\n`);
  expect({ verdict, code: ended.code, reasons }).toMatchObject({ verdict: one.verdict, code: one.exit });
  if (one.because !== undefined) expect(reasons.join()).toContain(one.because);
  const faults = await place.run(['faults', '--json']);
  expect(JSON.parse(faults.stdout)).toMatchObject({ faults: [], troubles: [] });
  const { stdout } = await place.run(['report', experimentId, '--format', 'json']);
  return report.parse(JSON.parse(stdout)).evidence;
}
