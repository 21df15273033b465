import { z } from 'zod';
import type { Evidence } from '../../src/domain/evidence';
import { Workplace } from '../harness/workplace';
import { readExpected, scenarioFiles, type Expectation } from './expected';
import { expectPaymentDetails } from './payment-details';

const expected = readExpected();

test('every scenario is expected to end in some way, and nothing else is', () => {
  expect(Object.keys(expected).sort()).toEqual(scenarioFiles().sort());
});

const runs = Object.entries(expected).flatMap(([file, entry]) =>
  Array.isArray(entry) ? entry.map((one) => ({ file, title: `${file} ${one.variant ?? 'as shipped'}`, one })) : [],
);

for (const [file, entry] of Object.entries(expected))
  if (!Array.isArray(entry)) process.stdout.write(`${file} is not run here: ${entry.missing}\n`);

test.each(runs)('$title ends $one.verdict', async ({ file, one }) => runAndCompare(file, one), 300_000);

async function runAndCompare(file: string, one: Expectation): Promise<void> {
  const workplace = await Workplace.open(one.shop);
  try {
    const variables = Object.entries(one.variables ?? {}).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
    const { code, stdout, stderr } = await workplace.run(['run', `scenarios/${file}`, '--json', ...variables]);
    const answer = readAnswer(stdout, stderr);
    // The reasons stand on both sides, so that a failure shows them.
    const { reasons } = answer;
    expect({ verdict: answer.verdict, code, reasons }).toEqual({ verdict: one.verdict, code: one.exit, reasons });
    if (one.because !== undefined) expect(JSON.stringify(answer)).toContain(one.because);
    if (one.verdict === 'passed') await expectDetails(workplace, file, answer);
    const faults = await workplace.run(['faults', '--json']);
    expect(JSON.parse(faults.stdout)).toMatchObject({ faults: [] });
  } finally {
    await workplace.close();
  }
}

function readAnswer(stdout: string, stderr: string): Record<string, unknown> {
  return stdout === '' ? { reasons: stderr } : z.record(z.string(), z.unknown()).parse(JSON.parse(stdout));
}

const details: Record<string, (evidence: Evidence) => void> = {
  'checkout-survives-payment-errors.yaml': expectPaymentDetails,
};

async function expectDetails(workplace: Workplace, file: string, answer: unknown): Promise<void> {
  const { experimentId } = z.object({ experimentId: z.string() }).parse(answer);
  const { stdout } = await workplace.run(['report', experimentId, '--format', 'json']);
  const { evidence } = JSON.parse(stdout) as { evidence: Evidence };
  expect(evidence.experimentId).toBe(experimentId);
  details[file]?.(evidence);
}
