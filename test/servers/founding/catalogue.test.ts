import { z } from 'zod';
import type { Evidence } from '../../../src/domain/evidence';
import { documentOf } from '../../harness/run-process';
import { readExpected, type Expectation } from '../../scenarios/expected';
import { expectCatalogueDetails } from './catalogue-details';
import { CatalogueWorkplace } from './catalogue-workplace';

const file = 'catalogue-survives-redis-outage.yaml';

function expectations(): { title: string; one: Expectation }[] {
  const entry = readExpected()[file];
  if (entry === undefined || Array.isArray(entry)) throw new Error(`${file} has no servers: in expected.yaml`);
  return entry.servers.map((one) => ({ title: one.variant ?? 'as shipped', one }));
}

test.each(expectations())('the catalogue $title: $one.verdict', async ({ one }) => runAndCompare(one), 300_000);

async function runAndCompare(one: Expectation): Promise<void> {
  const place = await CatalogueWorkplace.open(one.shop);
  try {
    const ended = await place.run(['run', `scenarios/${file}`, '--json', '--var', `proxy=${place.proxy.name}`]);
    const answer = documentOf(ended);
    process.stdout.write(`${one.variant ?? 'as shipped'}: ${answer.verdict}: ${answer.reasons.join('; ')}\n`);
    expect({ ...answer, code: ended.code }).toMatchObject({ verdict: one.verdict, code: one.exit });
    if (one.because !== undefined) expect(answer.reasons.join()).toContain(one.because);
    if (one.verdict === 'passed') expectCatalogueDetails(await evidenceOf(place, answer.experimentId));
    expect(await place.proxy.toxics()).toEqual([]);
    const faults = await place.run(['faults', '--json']);
    expect(JSON.parse(faults.stdout)).toMatchObject({ faults: [], troubles: [] });
  } finally {
    await place.close();
  }
}

const report = z.object({ evidence: z.custom<Evidence>() });

async function evidenceOf(place: CatalogueWorkplace, experimentId: string): Promise<Evidence> {
  const { stdout } = await place.run(['report', experimentId, '--format', 'json']);
  return report.parse(JSON.parse(stdout)).evidence;
}
