import type { Change } from '../mutant';

/** Changes after which promise 7 is not kept. */
export const verdictFromEvidence: Change[] = [
  {
    name: 'the verdict reads the clock',
    file: 'src/domain/verdict.ts',
    text: "return { verdict: 'passed', rule: 7, reasons: passedReasons(evidence) };",
    replacement:
      "return { verdict: 'passed', rule: 7, reasons: [...passedReasons(evidence), new Date(Date.now()).toISOString()] };",
  },
  {
    name: 'the judge ignores the series',
    file: 'src/judge/judge-again.ts',
    text: 'mismatches: findings.flatMap((one) => one.mismatches),',
    replacement: 'mismatches: [],',
  },
  {
    name: 'the judge believes the stored verdict',
    file: 'src/judge/judge-again.ts',
    text: 'isSame: stored === undefined || canonicalJson(stored) === canonicalJson(decided),',
    replacement: 'isSame: true,',
  },
  {
    name: 'the workflow decides from more than it stores',
    file: 'workflows/phases/verdict.ts',
    text: 'storeEvidence({ evidence, verdict: outcome })',
    replacement: 'storeEvidence({ evidence: { ...evidence, observations: [] }, verdict: outcome })',
  },
  {
    name: 'an observer keeps half of its readings to itself',
    file: 'activities/observe/rounds.ts',
    text: '      this.series.add(reading);\n',
    replacement: '      if (Date.parse(reading.at) % 2_000 < 1_000) this.series.add(reading);\n',
  },
];
