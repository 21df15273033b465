import { lookInto } from '../../../activities/signals/prometheus/look-into';
import { lookBackMs, prometheusQuery } from '../../../activities/signals/prometheus/query';
import { freshnessQuestion, valueQuestion } from '../../../activities/signals/prometheus/questions';

const selectorCases: [string, string[], number, boolean][] = [
  ['up', ['up'], 0, true],
  ['up{job="a"} > 3', ['up{job="a"}'], 0, true],
  [
    'sum(rate(http_requests_total{code=~"5..",path!="/x{y}"}[1m]))',
    ['http_requests_total{code=~"5..",path!="/x{y}"}'],
    6e4,
    false,
  ],
  ['sum by (job, le) (rate(a_bucket[30s]))', ['a_bucket'], 3e4, false],
  ['sum(rate(a[1m])) without (pod) / on (job) group_left (x) sum(b)', ['a', 'b'], 6e4, true],
  ['histogram_quantile(0.99, sum by (le) (rate(a_bucket[1h30m])))', ['a_bucket'], 54e5, false],
  ['max_over_time(rate(a[1m])[5m:10s])', ['a'], 36e4, false],
  ['max_over_time(max_over_time(a[5m:1m])[10m:])', ['a'], 9e5, true],
  ['{__name__="a",job="b"}', ['{__name__="a",job="b"}'], 0, true],
  ['sum({job="b"}) + rate(c[5s])', ['{job="b"}', 'c'], 5e3, true],
  ['a - a', ['a'], 0, true],
  ['a # rate(b[1m]) offset 5m\n + job:c:rate', ['a', 'job:c:rate'], 0, true],
  ['label_replace(a, "offset", "$1", "src", "[5m]")', ['a'], 0, true],
  ['a unless b and c or d', ['a', 'b', 'c', 'd'], 0, true],
  ['a / ignoring(code) group_right Inf', ['a'], 0, true],
  ['time() - 1e3 + 0x1F', [], 0, false],
];

describe('what a PromQL text says without being asked', () => {
  it.each(selectorCases)('%s', (query, selectors, rangeMs, hasInstantSelector) => {
    const { selectors: found, ...facts } = lookInto(query);
    expect({ selectors: found.map(({ text }) => text), ...facts }).toEqual({
      ...{ selectors, rangeMs, hasInstantSelector, lies: [] },
    });
  });

  it.each<[string, Record<string, number>]>([
    ['rate(a[1m]) / b', { a: 6e4, b: 0 }],
    ['sum(rate(a[5s])) / sum(rate(b[1h30m]))', { a: 5e3, b: 54e5 }],
    ['a + rate(a[5s]) + rate(a[1m])', { a: 6e4 }],
    ['max_over_time(rate(a[1m])[5m:10s])', { a: 36e4 }],
    ['max_over_time(sum(a)[5m:])', { a: 3e5 }],
  ])('each metric of %s goes on counting for as long as its own range', (query, expected) => {
    const { selectors } = lookInto(query);
    expect(Object.fromEntries(selectors.map(({ text, rangeMs }) => [text, rangeMs]))).toEqual(expected);
  });

  it.each([
    ['a / b', 'a b'],
    ['a or b', ''],
    ['a or b / c', ''],
    ['(sum(a) or sum(b) * 0) / sum(b)', 'b'],
    ['(sum(rate(a[1m])) OR sum(rate(b[1m])) * 0) / sum(rate(b[1m]))', 'b'],
    ['clamp(a or b, 0, c)', 'c'],
    ['sum by (or) (a) / on (or) b{or="or"}', 'a b{or="or"}'],
    ['a * absent(b)', 'a'],
    ['a and b unless c', 'a b c'],
  ])('%s cannot do without %s', (query, expected) => {
    const needed = lookInto(query).selectors.filter(({ isOptional }) => !isOptional);
    expect(needed.map(({ text }) => text).join(' ')).toBe(expected);
  });

  it.each([
    ['sum(a) or vector(0)', /vector\(\) puts a number where data is missing/],
    ['sum(a) OR VECTOR ( 1 )', /vector/],
    ['rate(a[1m] offset 1h)', /offset and @ read another time/],
    ['a @ 1609746000', /offset and @/],
    ['1 + 1', /at least one metric/],
    ['', /expected string/i],
  ])('refuses what would lie: %s', (query, expected) => {
    const parsed = prometheusQuery.safeParse({ query });

    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues.map(({ message }) => message).join('; ')).toMatch(expected);
  });

  it.each(['((((((', '{', '"', '[5m', 'a{b="', '}'.repeat(3_999), '('.repeat(3_999), 'a\\', 'ä{ö="ü"}'])(
    'never gives up on what is no PromQL: %s',
    (query) => {
      expect(lookInto(query).lies).toEqual([]);
    },
  );

  it.each([
    ['rate(a[1m])', {}, 61_000],
    ['rate(a[1m])', { delay: '5s' }, 65_000],
    ['a', {}, 21_000],
    ['a', { maxAge: '3s' }, 4_000],
    ['rate(a[10s]) / b', {}, 21_000],
  ])('a window for %s with %j is at least %i ms', (query, more, expected) => {
    expect(lookBackMs(prometheusQuery.parse({ query, ...more }))).toBe(expected);
  });
});

describe('what is asked for a window', () => {
  it.each([
    [60_000, 'rate(a[1m])'],
    [1_000, 'rate(a[1m])'],
    [65_000, 'rate(a[1m])'],
    [91_000, 'avg_over_time((rate(a[1m])\n)[30s:1s])'],
    [661_000, 'avg_over_time((rate(a[1m])\n)[600s:10s])'],
  ])('over %i ms', (windowMs, expected) => {
    expect(valueQuestion('rate(a[1m])', 61_000, windowMs)).toBe(expected);
  });

  const one = (selector: string, index: number) =>
    `label_replace(max(timestamp(${selector})), "selector", "${index}", "", "")`;
  const freshness = (query: string) => freshnessQuestion(lookInto(query).selectors);

  it('asks every metric for its newest sample, and for all that the query cannot do without', () => {
    const [both, needed] = [`${one('a{b="c"}', 0)} or ${one('d', 1)}`, one('d', 0)];
    expect(freshness('a{b="c"}')).toBe(`min(${one('a{b="c"}', 0)})`);
    expect(freshness('a{b="c"} / d')).toBe(`min(${both}) and on() (count(${both}) == 2)`);
    expect(freshness('a{b="c"} or d')).toBe(`min(${both})`);
    expect(freshness('(a{b="c"} or d * 0) / d')).toBe(`min(${both}) and on() (count(${needed}) == 1)`);
  });

  it.each([
    ['rate(a[1m])', '60s:1s'],
    ['rate(a[500ms])', '1s:1s'],
    ['rate(a[1h])', '3600s:60s'],
  ])('asks for the newest sample in the range of a metric that has ended: %s', (query, range) => {
    const newest = `(max(timestamp(a)) or max_over_time(max(timestamp(a))[${range}]))`;
    expect(freshness(query)).toBe(`min(label_replace(${newest}, "selector", "0", "", ""))`);
  });
});
