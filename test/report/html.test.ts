import { reportFormats } from '../../src/report/index';
import { renderHtml } from '../../src/report/html/render-html';
import { decideVerdict } from '../../src/domain/verdict';
import type { Evidence } from '../../src/domain/evidence';
import { aHold, anEvidence, anInjectionRecord, anUnknownReading, aReading, aRecovery, at } from '../fakes/evidence';
import { aFailedEvidence, failing, harmed } from '../fakes/outcomes';
import { aPlan } from '../fakes/plan';
import { aChunk, aSeries } from '../fakes/series';

function render(evidence: Evidence, chunks = aSeries(evidence, harmed)): string {
  return renderHtml(evidence, decideVerdict(evidence), chunks);
}

/** The page without its texts that a person cannot see. */
function visible(page: string): string {
  return page
    .replace(/<style>[^]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

/** Puts a hostile text into every text of a structure. */
function poisoned<T>(value: T, poison: string): T {
  const text = JSON.stringify(value, (key, member: unknown) => {
    const isWord =
      typeof member === 'string' && !/(At|From|at|from|to|kind|purpose|end|unit|state|operator|relativeTo)$/.test(key);
    return isWord ? `${member}${poison}` : member;
  });
  return JSON.parse(text) as T;
}

describe('the page of a report', () => {
  it('needs nothing but itself: no script, nothing fetched', () => {
    const page = render(aFailedEvidence());

    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|\son\w+=/i);
    expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
  });

  it('puts the verdict first and its reasons before the plots', () => {
    const evidence = aFailedEvidence();
    const text = visible(render(evidence));

    const places = ['the hypothesis did not hold', 'success-rate was 0.732', 'Signals', 'What happened', 'Plan'].map(
      (part) => text.indexOf(part),
    );
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
  });

  it.each([
    ['an element', '<script>alert(1)</script>'],
    ['an end of an attribute', '" onload="alert(1)'],
    ['an end of the style', '</style><script>alert(1)</script>'],
    ['an entity', '&lt;script&gt;'],
  ])('shows %s in any text as text', (_name, poison) => {
    const evidence = poisoned(aFailedEvidence({ refusals: ['no'], errors: ['could not'] }), poison);
    const page = renderHtml(evidence, poisoned(decideVerdict(aFailedEvidence()), ''), []);

    const tags = page.match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /script|onload=/.test(tag.replace(/="[^"]*"/g, '')))).toEqual([]);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(visible(page)).toContain(
      poison.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    );
  });

  it('shows signs that would turn the direction of text instead of obeying them', () => {
    expect(render(anEvidence({ plan: aPlan({ name: 'safe\u202Eevil' }) }))).toContain('safe\\u202eevil');
  });

  it('says that a rehearsal says nothing about the system', () => {
    expect(visible(render(anEvidence({ isRehearsal: true })))).toContain('A rehearsal');
    expect(visible(render(anEvidence()))).not.toContain('A rehearsal');
  });

  it('shows each figure with how finely it could be told', () => {
    const text = visible(render(aFailedEvidence(), aSeries(aFailedEvidence(), failing)));

    expect(text).toContain('Detection 8.5 s ± 1 s');
    expect(text).toContain('Rollback 200 ms ± 1 ms');
    expect(text).toContain('Recovery 12.3 s ± 1 s');
    expect(text).toContain('Hits 39.4 % 71 of 180');
  });

  it('shows a dash and no zero for what never happened', () => {
    const evidence = anEvidence({ observations: [], injections: [], refusals: ['steady state was not met'] });
    const text = visible(render(evidence));

    expect(text).toContain('Detection – no breach');
    expect(text).toContain('Rollback – nothing to roll back');
    expect(text).toContain('Recovery – not seen');
    expect(text).toContain('Nothing was injected.');
    expect(text).toContain('No reading of this signal was stored.');
  });

  it('marks fault windows, bounds, breaches and their readings in the plot of the signal they belong to', () => {
    const page = render(aFailedEvidence(), aSeries(aFailedEvidence(), failing));
    const [, successRate = '', p95 = ''] = page.split('<figure');

    expect(successRate.match(/class="fault-window"/g)).toHaveLength(1);
    expect(successRate).toContain('class="bound guard"');
    expect(successRate.match(/class="breach-line"/g)).toHaveLength(1);
    expect(/class="breach-dots" d="([^"]*)"/.exec(successRate)?.[1]?.match(/h0/g)).toHaveLength(3);
    expect(p95).not.toContain('breach-line');
  });

  it('hatches what is unknown and draws no line across it', () => {
    const evidence = anEvidence();
    const chunks = [1, 2, 3, 4, 5].map((second, index) => {
      const known = aReading({ at: at(30 + second) });
      return aChunk({ number: index, readings: [second === 3 ? anUnknownReading({ at: known.at }) : known] });
    });
    const [, successRate = ''] = render(evidence, chunks).split('<figure');

    expect(successRate.match(/class="unknown"/g)).toHaveLength(1);
    expect(successRate.match(/class="series"/g)).toHaveLength(2);
  });

  it('hatches a time in which nobody watched', () => {
    const gap = { from: at(50), to: at(55), seconds: 5 };
    const page = render(anEvidence({ observations: [aHold({ gaps: [gap] }), aRecovery()] }));

    expect(page).toContain('class="unknown"');
    expect(visible(page)).toContain('hold-1: nobody watched for 5 s');
  });

  it.each([
    ['a time without Temporal', 'hold-1: Temporal did not answer for 4 s'],
    [
      "an observer's own rollback that failed",
      'hold-1: its own rollback of payment-7f3a-1-1 did not succeed: no route',
    ],
    ['a hard stop', 'payment-7f3a-1-1 was ended by its hard stop'],
    ['a value that was not ours any more', 'payment-7f3a-1-1 ended drifted (rule removed'],
  ])('shows %s that the evidence records', (_name, told) => {
    const temporalAway = [{ from: at(50), to: at(54), seconds: 4 }];
    const rollbacks = [{ injectionId: 'payment-7f3a-1-1', at: at(60), error: 'no route' }];
    const injections = [anInjectionRecord({ isHardStopped: true, end: 'drifted' })];
    const evidence = anEvidence({ observations: [aHold({ temporalAway, rollbacks }), aRecovery()], injections });

    expect(visible(render(evidence))).toContain(told);
  });

  describe('of a count that must be nothing', () => {
    const lost = {
      name: 'lost-orders',
      probe: 'lost-orders',
      measure: 'value',
      windowMs: 5_000,
      everyMs: 1_000,
      unit: 'value',
    };
    const none = { signal: 'lost-orders', tolerance: { operator: '==', value: 0, text: '== 0' } } as const;
    const plan = aPlan({ signals: [lost], recovery: { withinMs: 60_000, expect: [none] } });
    const summaryOf = (value: number) => ({
      signal: 'lost-orders',
      unit: 'value',
      known: 9,
      unknown: 0,
      value,
      min: 0,
      max: value,
    });
    const pageOf = (value: number) => {
      const observations = [aHold({ summaries: [summaryOf(0)] }), aRecovery({ summaries: [summaryOf(value)] })];
      const readings = [80, 90].map((second) => aReading({ signal: 'lost-orders', at: at(second), value }));
      return render(anEvidence({ plan, observations }), [aChunk({ signal: 'lost-orders', readings })]);
    };

    it('puts the number beside its rule, and says where there is none', () => {
      const text = visible(pageOf(3));

      expect(text).toContain('recovery: lost-orders was 3, expected == 0');
      expect(text).toContain('recovery 3 expected == 0 outside 0 3 9 0');
      expect(text).toContain('hold-1 0 none here 0 0 9 0');
    });

    it('says nothing of a rule that was kept, and labels no half of a count', () => {
      const text = visible(pageOf(0));

      expect(text).not.toContain('lost-orders was');
      expect(text).toContain('recovery 0 expected == 0 0 0 9 0');
      expect(text).toContain('over 5 s 0 1 sdk/error');
    });
  });

  it('tells a reader who cannot see the plots what is in them', () => {
    const page = render(aFailedEvidence(), aSeries(aFailedEvidence(), failing));

    expect(page).toMatch(
      /role="img" aria-label="success-rate over 45.5 s: \d+ readings, from 0.732 to [^"]*1 breaches/,
    );
  });

  it('never draws outside its plot, whatever instants the evidence holds', () => {
    const evidence = anEvidence({
      injections: [anInjectionRecord({ injectedAt: at(-9_999), rolledBackAt: at(99_999) })],
    });
    const boxes = [
      ...render(evidence).matchAll(/<rect\s+class="fault-window"[^>]*\sx="([^"]*)"[^>]*\swidth="([^"]*)"/g),
    ];

    expect(boxes.length).toBeGreaterThan(0);
    for (const [, left, width] of boxes) expect([Number(left), Number(width)]).toEqual([0, 1000]);
  });

  it('contains no number that is none, whatever is missing', () => {
    const bare = anEvidence({
      phases: [],
      surveys: [],
      observations: [],
      injections: [anInjectionRecord({ injectedAt: at(26) })],
    });

    for (const evidence of [anEvidence(), aFailedEvidence(), bare])
      expect(visible(render(evidence))).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
  });

  it('is the same text for the same evidence', () => {
    expect(render(anEvidence())).toBe(render(anEvidence()));
  });

  it('keeps a page over eight hours of readings small and every peak in it', () => {
    const readings = Array.from({ length: 28_800 }, (_none, second) =>
      aReading({ signal: 'p95', at: at(second), value: second === 12_345 ? 9_000 : 180 + (second % 7) }),
    );
    const evidence = anEvidence({ observations: [aHold({ startedAt: at(0), heldFrom: at(0), endedAt: at(28_800) })] });
    const page = render(evidence, [aChunk({ signal: 'p95', readings })]);

    expect(page.length).toBeLessThan(150_000);
    expect(page).toContain('from 180 ms to 9000 ms');
  });
});

describe('the formats of a report', () => {
  it('each have a name of their own and render', () => {
    const evidence = anEvidence();
    const input = { evidence, verdict: decideVerdict(evidence), chunks: aSeries(evidence) };

    expect(new Set(reportFormats.map((format) => format.name)).size).toBe(reportFormats.length);
    for (const format of reportFormats) expect(format.render(input)).toContain('checkout-survives-payment-errors');
  });
});
