import { z } from 'zod';
import { httpQuery, isExpected, ratePerSecond } from '../../../activities/signals/http/query';
import { durationMs } from '../../../activities/signals/duration';

const url = 'http://127.0.0.1:1/checkout';
const rate = '20/s';

describe('the query of the synthetic client', () => {
  it('fills every default, and parsing the result again changes nothing', () => {
    const parsed = httpQuery.parse({ url, rate });
    expect(parsed).toEqual({ url, rate, method: 'GET', timeout: '2s', headers: {}, expectStatus: '2xx' });
    expect(httpQuery.parse(parsed)).toEqual(parsed);
  });

  it('lets a placeholder at the head of an address stand, since it is filled in later', () => {
    expect(httpQuery.safeParse({ url: '${endpoints.checkout}/checkout', rate }).success).toBe(true);
  });

  it('can be shown as a JSON schema for editors', () => {
    const schema = z.toJSONSchema(httpQuery, { io: 'input' });
    expect(Object.keys(schema.properties ?? {})).toEqual(expect.arrayContaining(['url', 'rate', 'body', 'accepted']));
  });

  const refused: [string, object, string, RegExp][] = [
    ['an unknown key', { url, rate, rates: 1 }, '', /rates/],
    ['no rate', { url }, 'rate', /expected string/],
    ['a bare number as rate', { url, rate: 20 }, 'rate', /expected string/],
    ['a rate of zero', { url, rate: '0/s' }, 'rate', /above zero/],
    ['a rate per minute', { url, rate: '20/m' }, 'rate', /such as 20\/s/],
    ['a rate above the cap', { url, rate: '201/s' }, 'rate', /at most 200\/s/],
    ['a duration without unit', { url, rate, timeout: '5' }, 'timeout', /such as 500ms/],
    ['a time-out longer than sight may be lost', { url, rate, timeout: '11s' }, 'timeout', /at most 10s/],
    ['a negative time-out', { url, rate, timeout: '-1s' }, 'timeout', /above zero/],
    ['another protocol', { url: 'ftp://a/b', rate }, 'url', /http/],
    ['a password in the address', { url: 'http://a:b@c/', rate }, 'url', /by reference/],
    ['a body in a GET', { url, rate, body: {} }, 'body', /method: POST/],
    [
      'a header that frames the request',
      { url, rate, headers: { 'Content-Length': '3' } },
      'headers.Content-Length',
      /./,
    ],
    ['a secret as literal text', { url, rate, headers: { Authorization: 'x' } }, 'headers.Authorization', /reference/],
    ['an id that the system never learns', { url, rate, accepted: url }, 'accepted', /never learn/],
    ['a status out of range', { url, rate, expectStatus: 999 }, 'expectStatus', /./],
  ];
  it.each(refused)('refuses %s', (_, query, path, message) => {
    const issue = httpQuery.safeParse(query).error?.issues[0];
    expect(issue?.path.join('.')).toBe(path);
    expect(issue?.message).toMatch(message);
  });

  it.each([
    ['2xx', 204, true],
    ['2xx', 301, false],
    [201, 200, false],
    [[200, '4xx'], 404, true],
  ] as const)('with expectStatus %j, an answer of %i is a success: %s', (expected, status, isSuccess) => {
    expect(isExpected(httpQuery.parse({ url, rate, expectStatus: expected }).expectStatus, status)).toBe(isSuccess);
  });

  it.each([
    ['500ms', 500],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['x', Number.NaN],
  ])('reads the duration %s as %d ms', (text, ms) => expect(durationMs(text)).toBe(ms));

  it.each([
    ['20/s', 20],
    ['0.5/s', 0.5],
    ['-1/s', Number.NaN],
  ])('reads the rate %s as %d per second', (text, perSecond) => expect(ratePerSecond(text)).toBe(perSecond));
});
